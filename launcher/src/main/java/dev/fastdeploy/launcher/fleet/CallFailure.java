package dev.fastdeploy.launcher.fleet;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.handler.proxy.ProxyConnectException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a call to an instance has no answer.
 *
 * @param kind tells what can be done about it
 * @param message one line for a person
 */
public record CallFailure(Kind kind, String message) {

  /** Netty's words for an answer that is not HTTP/2. Its first bytes follow. */
  private static final String NO_GRPC = "First received frame was not SETTINGS";

  /** gRPC's words for a connection that ends before HTTP/2 begins. */
  private static final String CLOSED_UNANSWERED = "Network closed for unknown reason";

  private static final String TLS_ALERT = "first 5 bytes: 1503";
  private static final String NO_TLS = "not an SSL/TLS record";

  /** The JDK's words when the other side refuses the handshake. */
  private static final String REFUSED_BY_THE_OTHER = "Received fatal alert";

  /** The JDK's words for a certificate of another name. */
  private static final Pattern OTHER_NAME =
      Pattern.compile("No (subject alternative|name matching)");

  /** The kinds of failure, by what can be done about them. */
  public enum Kind {
    /** Nobody answered, or the connection broke: asking again may help. */
    BROKEN,
    /** The two sides do not trust each other: asking again does not help. */
    UNTRUSTED,
    /** Something other than an agent listens there: asking again does not help. */
    STRANGER,
    /** The instance answered and does not allow this caller to do it. */
    DENIED,
    /** The instance answered and refuses to do it. */
    REJECTED
  }

  /** Returns whether something that understands the protocol answered. */
  boolean answered() {
    return kind == Kind.DENIED || kind == Kind.REJECTED;
  }

  static CallFailure of(Throwable failure, Credentials credentials) {
    return of(Status.fromThrowable(failure), credentials);
  }

  static CallFailure of(Status status, Credentials credentials) {
    String said = said(status);
    return switch (status.getCode()) {
      case UNAUTHENTICATED -> new CallFailure(Kind.DENIED, credentials.notAccepted(said));
      case PERMISSION_DENIED -> new CallFailure(Kind.DENIED, credentials.notAllowed(said));
      case INVALID_ARGUMENT ->
          new CallFailure(Kind.REJECTED, "the instance rejects the request: " + said);
      case UNIMPLEMENTED ->
          new CallFailure(
              Kind.REJECTED,
              "whatever answers there is not a fastdeploy agent that knows this request; check the"
                  + " address and the agent's version");
      default -> {
        Throwable root = root(status.getCause());
        // The JDK does not report an expired certificate or a wrong name as a failed handshake.
        if (root instanceof SSLHandshakeException || root instanceof GeneralSecurityException) {
          yield new CallFailure(
              Kind.UNTRUSTED,
              "the TLS handshake fails (" + message(root) + "); check " + toCheck(message(root)));
        }
        if (said.equals(CLOSED_UNANSWERED)) {
          yield new CallFailure(Kind.BROKEN, unanswered(credentials));
        }
        yield ofUnknownSpeech(said).orElseGet(() -> new CallFailure(Kind.BROKEN, said));
      }
    };
  }

  private static String toCheck(String trouble) {
    if (trouble.startsWith(REFUSED_BY_THE_OTHER)) {
      return "the certificate of --control-tls-cert, which the instance refuses: it must be valid"
          + " now, allowed for TLS clients, and signed by the instance's --control-tls-ca";
    }
    return OTHER_NAME.matcher(trouble).find()
        ? "the address, or give --control-server-name with a name that is in the certificate"
        : "--control-tls-ca, and the instance's --control-tls-cert";
  }

  private static String unanswered(Credentials credentials) {
    return "the connection was closed without an answer"
        + (credentials.tls()
            ? ""
            : "; if the endpoint speaks TLS, give --control-tls-ca FILE or --tls");
  }

  /**
   * Recognises the answers of a port that belongs to something else: raw bytes tell a person
   * nothing.
   */
  private static Optional<CallFailure> ofUnknownSpeech(String said) {
    if (said.startsWith(NO_GRPC)) {
      return Optional.of(
          said.contains(TLS_ALERT)
              ? new CallFailure(
                  Kind.UNTRUSTED, "the endpoint speaks TLS; give --control-tls-ca FILE or --tls")
              : new CallFailure(
                  Kind.STRANGER,
                  "whatever listens there is not an agent's control endpoint, but perhaps an"
                      + " ordinary HTTP server; check the port: the agent's is the one of"
                      + " --control-listen"));
    }
    return said.startsWith(NO_TLS)
        ? Optional.of(
            new CallFailure(
                Kind.STRANGER,
                "whatever listens there does not speak TLS; check the port: the agent's is the one"
                    + " of --control-listen"))
        : Optional.empty();
  }

  private static String said(Status status) {
    Throwable root = root(status.getCause());
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "no answer in time";
    }
    if (root instanceof ClosedChannelException) {
      return "the connection was closed";
    }
    if (root instanceof ProxyConnectException) {
      return "the proxy of --proxy does not connect (" + message(root) + ")";
    }
    String text =
        root == null || message(root).isEmpty()
            ? Objects.requireNonNullElse(status.getDescription(), "")
            : message(root);
    String line = text.lines().findFirst().orElse("");
    return line.isEmpty() ? status.getCode().name() : line;
  }

  private static String message(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), "");
  }

  private static @Nullable Throwable root(@Nullable Throwable failure) {
    Throwable deepest = failure;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
