package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address on which the control endpoint listens, and the clients that it admits.
 *
 * @param tokenFile tokens that may deploy
 * @param readTokenFile tokens that may only read
 * @param tls null for plain connections
 * @param deployIdentities names of certificates that may deploy
 * @param readIdentities names of certificates that may only read
 * @param longestDeploy the time that the longest deploy may take, so that no limit cuts one off
 */
public record ControlSettings(
    ListenAddress address,
    @Nullable Path tokenFile,
    @Nullable Path readTokenFile,
    @Nullable TlsFiles tls,
    Set<String> deployIdentities,
    Set<String> readIdentities,
    Duration longestDeploy) {

  /** For steps without a limit of their own, such as writing to a slow disk. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  public ControlSettings {
    deployIdentities = Set.copyOf(deployIdentities);
    readIdentities = Set.copyOf(readIdentities);
  }

  /**
   * Returns the configured settings. The default address is the Unix socket in the home.
   *
   * @throws IllegalArgumentException if a setting is malformed or one is missing, with a message
   *     for the user
   */
  public static ControlSettings of(Settings settings, @Nullable Home home) {
    ListenAddress address =
        settings
            .text(Setting.CONTROL_LISTEN)
            .map(ListenAddress::parse)
            .or(
                () ->
                    Optional.ofNullable(home)
                        .map(there -> new ListenAddress.UnixSocket(there.controlSocket())))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is neither "
                            + Setting.HOME.option()
                            + " for its socket nor "
                            + Setting.CONTROL_LISTEN.option()));
    return new ControlSettings(
        address,
        path(settings, Setting.CONTROL_TOKEN_FILE),
        path(settings, Setting.CONTROL_READ_TOKEN_FILE),
        tls(settings),
        Set.copyOf(settings.names(Setting.CONTROL_DEPLOY_IDENTITIES)),
        Set.copyOf(settings.names(Setting.CONTROL_READ_IDENTITIES)),
        longestDeploy(settings));
  }

  private static Duration longestDeploy(Settings settings) {
    Duration longest = MARGIN;
    for (Setting part :
        List.of(
            Setting.STAGING_TIMEOUT,
            Setting.PRE_DRAIN,
            Setting.DRAIN_TIMEOUT,
            Setting.READY_TIMEOUT,
            Setting.SOAK)) {
      longest = longest.plus(settings.requiredDuration(part));
    }
    return longest.plus(settings.duration(Setting.READY_AFTER).orElse(Duration.ZERO));
  }

  /** Returns true if a token file is configured. */
  boolean hasTokens() {
    return tokenFile != null || readTokenFile != null;
  }

  /** Returns true if clients authenticate by certificate. */
  boolean mutualTls() {
    return tls != null && tls.authority() != null;
  }

  private static @Nullable TlsFiles tls(Settings settings) {
    Path certificate = path(settings, Setting.CONTROL_TLS_CERT);
    Path key = path(settings, Setting.CONTROL_TLS_KEY);
    Path authority = path(settings, Setting.CONTROL_TLS_CA);
    if (certificate == null && key == null && authority == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException(
          "TLS needs both "
              + Setting.CONTROL_TLS_CERT.option()
              + " and "
              + Setting.CONTROL_TLS_KEY.option()
              + "; one is missing");
    }
    return new TlsFiles(certificate, key, authority);
  }

  private static @Nullable Path path(Settings settings, Setting setting) {
    return settings.text(setting).map(Path::of).orElse(null);
  }
}
