package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.contract.Text;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that this client shows, and those that it trusts. Secrets come from files only.
 *
 * @param tokenFile the file whose first line is the bearer token; null without a token. Lines of
 *     digests, by which an instance knows tokens, are of no use to a client
 * @param tls whether TCP targets are reached over TLS
 * @param certificate the client's certificate chain, PEM; null without mutual TLS
 * @param key its private key, PKCS#8 PEM; null without mutual TLS
 * @param authorities the trusted certificate authorities, PEM; null for the JDK's own
 * @param serverName the name that certificates of instances must carry; null for each one's address
 */
public record Credentials(
    @Nullable Path tokenFile,
    boolean tls,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authorities,
    @Nullable String serverName) {

  /** The tokens that a header carries unchanged. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private static final String DIGEST = "sha256:";

  /**
   * A DNS name or an address. A certificate may carry other kinds of name, but TLS verifies these.
   */
  private static final Pattern SERVER_NAME =
      Pattern.compile("[0-9A-Za-z_]([0-9A-Za-z._-]{0,251}[0-9A-Za-z])?|\\[[0-9a-fA-F:.]+\\]");

  /** No credentials. */
  public static final Credentials NONE = new Credentials(null, false, null, null, null, null);

  /**
   * Returns the credentials that the settings name.
   *
   * @param tls whether to use TLS even without {@code --control-tls-ca}
   * @throws IllegalArgumentException if a file is missing or a part of a pair, with a message for
   *     the user
   */
  public static Credentials of(Settings settings, boolean tls) {
    Path tokenFile = file(settings, Setting.CONTROL_TOKEN_FILE);
    Path certificate = file(settings, Setting.CONTROL_TLS_CERT);
    Path key = file(settings, Setting.CONTROL_TLS_KEY);
    Path authorities = file(settings, Setting.CONTROL_TLS_CA);
    if (certificate != null && key == null) {
      throw pairNeeded(Setting.CONTROL_TLS_CERT, certificate, Setting.CONTROL_TLS_KEY);
    }
    if (key != null && certificate == null) {
      throw pairNeeded(Setting.CONTROL_TLS_KEY, key, Setting.CONTROL_TLS_CERT);
    }
    boolean anyTls = tls || authorities != null || certificate != null;
    Credentials credentials =
        new Credentials(
            tokenFile, anyTls, certificate, key, authorities, serverName(settings, anyTls));
    credentials.token();
    return credentials;
  }

  private static @Nullable String serverName(Settings settings, boolean tls) {
    String name = settings.text(Setting.CONTROL_SERVER_NAME).orElse(null);
    if (name == null) {
      return null;
    }
    if (!SERVER_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          Setting.CONTROL_SERVER_NAME.option()
              + " '"
              + Text.shortened(name, 100)
              + "' is not a host name or address; write one that is in the certificates, without a"
              + " port");
    }
    if (!tls) {
      throw new IllegalArgumentException(
          Setting.CONTROL_SERVER_NAME.option()
              + " '"
              + name
              + "' would not be verified, because TLS is not used; give --control-tls-ca FILE or"
              + " --tls, or omit the option");
    }
    return name;
  }

  private static IllegalArgumentException pairNeeded(Setting given, Path file, Setting missing) {
    return new IllegalArgumentException(
        given.option() + " '" + file + "' is of no use alone; give " + missing.option() + " too");
  }

  private static @Nullable Path file(Settings settings, Setting setting) {
    Optional<String> text = settings.text(setting);
    if (text.isEmpty()) {
      return null;
    }
    Path file = Path.of(text.get());
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          setting.option() + " '" + file + "' is not a readable file; check the path");
    }
    return file;
  }

  /**
   * Refuses targets to which the token would travel where others could read it, and targets that
   * need a token if there is none.
   *
   * @throws IllegalArgumentException naming the first such target
   */
  public void check(List<Target> targets) {
    if (tokenFile == null) {
      return;
    }
    boolean nothingToShow = certificate == null && token().isEmpty();
    for (Target target : targets) {
      if (nothingToShow && target instanceof Target.Port) {
        throw new IllegalArgumentException(
            "--control-token-file '"
                + tokenFile
                + "' holds digests of tokens, but '"
                + target.name()
                + "' needs the token itself; give the file that holds it");
      }
      if (!tls && !target.local()) {
        throw new IllegalArgumentException(
            "the token in '"
                + tokenFile
                + "' would go to '"
                + target.name()
                + "' in the clear; give --control-tls-ca FILE or --tls");
      }
    }
  }

  /**
   * Reads the token from its file. Returns nothing without a token file, or if the file holds only
   * digests.
   *
   * @throws IllegalArgumentException if the file holds neither
   */
  Optional<String> token() {
    if (tokenFile == null) {
      return Optional.empty();
    }
    try {
      List<String> lines =
          Files.readAllLines(tokenFile).stream()
              // Some editors start a UTF-8 file with a byte order mark.
              .map(line -> line.startsWith("\uFEFF") ? line.substring(1).strip() : line.strip())
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      Optional<String> first = lines.stream().filter(line -> !isDigest(line)).findFirst();
      if (first.isEmpty() && !lines.isEmpty()) {
        return Optional.empty();
      }
      String token = first.orElse("");
      if (TOKEN.matcher(token).matches()) {
        return Optional.of(token);
      }
      throw new IllegalArgumentException(
          "--control-token-file '" + tokenFile + "' holds no token; write it on the first line");
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--control-token-file '"
              + tokenFile
              + "' cannot be read: "
              + Diagnostics.reason(unreadable));
    }
  }

  private static boolean isDigest(String line) {
    return line.regionMatches(true, 0, DIGEST, 0, DIGEST.length());
  }

  /**
   * Returns the TLS configuration.
   *
   * @throws IllegalArgumentException if a file is unusable, with a message for the user
   */
  SslContext sslContext() {
    SslContextBuilder builder =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK);
    if (authorities != null) {
      try {
        builder.trustManager(authorities.toFile());
      } catch (IllegalArgumentException malformed) {
        throw new IllegalArgumentException(
            "--control-tls-ca '" + authorities + "' holds no certificate in PEM form", malformed);
      }
    }
    if (certificate != null && key != null) {
      try {
        builder.keyManager(certificate.toFile(), key.toFile());
      } catch (IllegalArgumentException malformed) {
        throw new IllegalArgumentException(
            "--control-tls-cert '"
                + certificate
                + "' and --control-tls-key '"
                + key
                + "' must be a certificate chain and a PKCS#8 key without password, in PEM form",
            malformed);
      }
    }
    try {
      return builder.build();
    } catch (SSLException refused) {
      throw new IllegalArgumentException(
          "TLS cannot be set up with the given files: " + Diagnostics.reason(refused), refused);
    }
  }

  /** Returns the message for a user whom an instance does not know. */
  String notAccepted(String said) {
    String shown;
    if (tokenFile != null) {
      shown =
          "the instance does not accept the token in '"
              + tokenFile
              + "'; it must be a line of the instance's own --control-token-file";
    } else if (certificate != null) {
      shown =
          "the instance does not accept the certificate in '"
              + certificate
              + "'; it must be valid and signed by the instance's --control-tls-ca";
    } else {
      shown =
          "the instance requires credentials; give --control-token-file FILE, or --control-tls-cert"
              + " and --control-tls-key";
    }
    return shown + " (" + said + ")";
  }

  /** Returns the message for a user whom an instance knows, but who may not do this. */
  String notAllowed(String said) {
    String shown =
        tokenFile != null
            ? "the token in '" + tokenFile + "'"
            : certificate != null ? "the certificate in '" + certificate + "'" : "this client";
    return "the instance does not allow "
        + shown
        + " to do this; use credentials that may ("
        + said
        + ")";
  }
}
