package dev.fastdeploy.agent.control;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who calls from what a caller shows. A token that is shown must be valid, also where a
 * certificate or the socket's own permission would do: a client with an old token must learn it.
 * Thread-safe.
 */
final class Authenticator {

  private static final String BEARER = "bearer ";

  private final boolean unixSocket;
  private final @Nullable TokenFile deployTokens;
  private final @Nullable TokenFile readTokens;
  private final Set<String> readIdentities;

  Authenticator(ControlSettings settings) {
    this.unixSocket = settings.address() instanceof ListenAddress.UnixSocket;
    this.deployTokens = tokens(settings.tokenFile());
    this.readTokens = tokens(settings.readTokenFile());
    this.readIdentities = settings.readIdentities();
  }

  /**
   * Reads the token files for the first time.
   *
   * @throws IOException if one cannot be read, with a message for the user
   */
  void requireReadableTokens() throws IOException {
    if (deployTokens != null) {
      deployTokens.requireReadable();
    }
    if (readTokens != null) {
      readTokens.requireReadable();
    }
  }

  /**
   * Who calls; nothing if that is not proven.
   *
   * @param authorization the header of that name, if there is one
   * @param certificates the client's verified chain, its own first; empty if it showed none
   */
  Optional<Caller> caller(@Nullable String authorization, List<X509Certificate> certificates) {
    if (authorization != null) {
      return byToken(authorization);
    }
    if (!certificates.isEmpty()) {
      return Optional.of(byCertificate(certificates.get(0)));
    }
    return unixSocket ? Optional.of(new Caller("unix", Role.DEPLOY)) : Optional.empty();
  }

  private Optional<Caller> byToken(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String token = authorization.substring(BEARER.length()).strip();
    return byToken(deployTokens, token, "token:", Role.DEPLOY)
        .or(() -> byToken(readTokens, token, "read-token:", Role.READ));
  }

  private static Optional<Caller> byToken(
      @Nullable TokenFile file, String token, String prefix, Role role) {
    OptionalInt line = file == null ? OptionalInt.empty() : file.lineOf(token);
    return line.isPresent()
        ? Optional.of(new Caller(prefix + line.getAsInt(), role))
        : Optional.empty();
  }

  private Caller byCertificate(X509Certificate certificate) {
    List<String> names = CertificateNames.of(certificate);
    boolean readOnly = names.stream().anyMatch(readIdentities::contains);
    // The prefix keeps a certificate's name from looking like a token's or the socket's.
    String identity = names.isEmpty() ? "-" : names.get(0);
    return new Caller("cert:" + identity, readOnly ? Role.READ : Role.DEPLOY);
  }

  private static @Nullable TokenFile tokens(@Nullable Path file) {
    return file == null ? null : new TokenFile(file);
  }
}
