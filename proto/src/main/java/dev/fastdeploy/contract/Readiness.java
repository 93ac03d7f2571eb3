package dev.fastdeploy.contract;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A probe that asks the service whether it is ready: a TCP connection, or an HTTP GET that is
 * answered with 2xx or 3xx. Speaks HTTP/1.1 over a plain socket, because the JDK's clients
 * initialise loggers that belong to the application. Thread-safe.
 */
public final class Readiness {

  private static final String HTTPS = "https:";

  private static final Pattern FORM =
      Pattern.compile(
          "(http|tcp):(?://)?(?:([^:/\\[\\]]+|\\[[0-9a-fA-F:]+\\]):)?(\\d{1,5})(/[!-~]*)?");

  private final String text;
  private final String host;
  private final int port;
  private final @Nullable String path;

  private Readiness(String text, String host, int port, @Nullable String path) {
    this.text = text;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Parses {@code http:[HOST:]PORT/PATH} or {@code tcp:[HOST:]PORT}; the default host is the
   * loopback address.
   *
   * @throws IllegalArgumentException if the text is neither, with a message for the user
   */
  public static Readiness parse(String text) {
    if (text.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      throw new IllegalArgumentException(
          "--ready '"
              + Text.shortened(text, 100)
              + "' cannot be asked: the check is plain HTTP, sent from inside the container; write"
              + " http:[HOST:]PORT/PATH with a port on which the service answers without TLS, or"
              + " tcp:[HOST:]PORT to only connect");
    }
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    boolean http = port > 0 && form.group(1).equals("http");
    String path = port > 0 ? form.group(4) : null;
    if (port < 1 || port > 65535 || (!http && path != null)) {
      throw new IllegalArgumentException(
          "--ready '"
              + Text.shortened(text, 100)
              + "' is not understood; write http:[HOST:]PORT/PATH or tcp:[HOST:]PORT"
              + (text.chars().allMatch(c -> c > ' ' && c <= '~')
                  ? ""
                  : ", in PATH %20 for a blank and so on"));
    }
    String host =
        form.group(2) == null
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : form.group(2).replaceAll("[\\[\\]]", "");
    return new Readiness(text, host, port, http ? (path == null ? "/" : path) : null);
  }

  /**
   * Asks once. A name may have several addresses; the service listens on one of them.
   *
   * @param timeout the time for everything but the look-up of a name
   * @return why the service is not ready, one line; empty if it is ready
   */
  public Optional<String> ask(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    IOException last = null;
    try {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      for (int i = 0; i < addresses.length; i++) {
        // An address that does not answer leaves some of the time to the others.
        Duration share = left(deadline).dividedBy(addresses.length - i);
        // A proxy configured for the service's JVM does not lead to the service itself.
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
          socket.connect(new InetSocketAddress(addresses[i], port), millis(share));
          return path == null ? Optional.empty() : judged(answer(socket, deadline));
        } catch (ConnectException | SocketTimeoutException | NoRouteToHostException unreachable) {
          last = unreachable;
        }
      }
      return Optional.of(text + ": " + Diagnostics.reason(Objects.requireNonNull(last)));
    } catch (IOException failure) {
      return Optional.of(text + ": " + Diagnostics.reason(failure));
    }
  }

  /**
   * Returns the status of the final response; what follows it, and how it ends, does not matter.
   */
  private int answer(Socket socket, long deadline) throws IOException {
    IOException notSent = null;
    try {
      socket.getOutputStream().write(request());
    } catch (IOException failure) {
      // The response may be there all the same: some come before the request is read.
      notSent = failure;
    }
    AnswerStatus status = new AnswerStatus();
    byte[] some = new byte[512];
    try {
      while (status.value() == AnswerStatus.UNKNOWN) {
        socket.setSoTimeout(millis(left(deadline)));
        int count = socket.getInputStream().read(some);
        if (count < 0) {
          status.end();
        }
        for (int i = 0; i < count; i++) {
          status.add(some[i]);
        }
      }
    } catch (SocketTimeoutException late) {
      throw new IOException("no answer in time", late);
    } catch (IOException reset) {
      status.end();
      if (status.value() == AnswerStatus.NONE) {
        throw notSent == null ? reset : notSent;
      }
    }
    return status.value();
  }

  private byte[] request() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + name
            + ":"
            + port
            + "\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static Duration left(long deadline) throws SocketTimeoutException {
    long nanos = deadline - System.nanoTime();
    if (nanos <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return Duration.ofNanos(nanos);
  }

  /** Returns at least one: zero means to wait for ever. */
  private static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
  }

  private Optional<String> judged(int status) {
    return switch (status) {
      case AnswerStatus.NONE -> Optional.of(text + " ends the connection without an answer");
      case AnswerStatus.NOT_HTTP -> Optional.of(text + " does not answer in HTTP");
      default ->
          status >= 200 && status < 400
              ? Optional.empty()
              : Optional.of(text + " answers " + status);
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
