package dev.fastdeploy.agent.control;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the caller by its credentials. A token must be valid if one is sent, even where a
 * certificate or the socket's own permissions would suffice: a client with an outdated token must
 * notice. On a socket whose instance has no tokens it says nothing, since who reaches the socket
 * may deploy. Thread-safe.
 */
final class Authenticator {

  private static final String BEARER = "bearer ";

  private final boolean unixSocket;
  private final @Nullable TokenFile deployTokens;
  private final @Nullable TokenFile readTokens;
  private final CertificateRoles certificateRoles;

  /**
   * @param own returns the endpoint's current certificate
   */
  Authenticator(ControlSettings settings, Supplier<@Nullable X509Certificate> own) {
    this.unixSocket = settings.address() instanceof ListenAddress.UnixSocket;
    this.deployTokens = tokens(settings.tokenFile());
    this.readTokens = tokens(settings.readTokenFile());
    this.certificateRoles =
        new CertificateRoles(settings.deployIdentities(), settings.readIdentities(), own);
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
   * Returns the caller, or empty if its identity is not proven.
   *
   * @param authorization the header of that name, or null if there is none
   * @param certificates the client's verified chain, its own certificate first; empty if it sent
   *     none
   */
  Optional<Caller> caller(@Nullable String authorization, List<X509Certificate> certificates) {
    boolean hasTokens = deployTokens != null || readTokens != null;
    if (authorization != null && (hasTokens || !unixSocket)) {
      return byToken(authorization);
    }
    if (!certificates.isEmpty()) {
      return certificateRoles.caller(certificates.get(0));
    }
    return unixSocket ? Optional.of(Caller.deployer("unix")) : Optional.empty();
  }

  private Optional<Caller> byToken(String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String token = authorization.substring(BEARER.length()).strip();
    OptionalInt deployer = lineOf(token, deployTokens);
    if (deployer.isPresent()) {
      return Optional.of(Caller.deployer("token:" + deployer.getAsInt()));
    }
    OptionalInt reader = lineOf(token, readTokens);
    return reader.isPresent()
        ? Optional.of(Caller.reader("read-token:" + reader.getAsInt()))
        : Optional.empty();
  }

  private static OptionalInt lineOf(String token, @Nullable TokenFile file) {
    return file == null ? OptionalInt.empty() : file.lineOf(token);
  }

  /** Returns warnings for the user, given at the start, about the certificates that may deploy. */
  List<String> certificateDoubts() {
    return certificateRoles.doubts();
  }

  private static @Nullable TokenFile tokens(@Nullable Path file) {
    return file == null ? null : new TokenFile(file);
  }
}
