package dev.fastdeploy.release;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;

/**
 * How much the home may take on disk in all. For volumes whose limit the file system does not tell,
 * as where a quota or the platform watches over a directory.
 *
 * @param maxBytes bytes, releases and what else lies in the home together
 */
public record HomeLimit(long maxBytes) {

  /** The file system alone limits the home. */
  public static final HomeLimit NONE = new HomeLimit(Long.MAX_VALUE);

  /**
   * The limit that is configured.
   *
   * @throws IllegalArgumentException if the value is not a number, with a message for the user
   */
  public static HomeLimit of(Settings settings) {
    return settings.said(Setting.HOME_MAX_BYTES).isPresent()
        ? new HomeLimit(settings.number(Setting.HOME_MAX_BYTES, 1, Long.MAX_VALUE))
        : NONE;
  }

  /** Whether there is one. */
  boolean isSet() {
    return maxBytes != Long.MAX_VALUE;
  }
}
