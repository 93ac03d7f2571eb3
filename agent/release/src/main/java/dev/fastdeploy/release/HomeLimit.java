package dev.fastdeploy.release;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;

/**
 * The limit on the disk space of the home, for volumes whose limit the file system does not report,
 * such as those with a quota or a limit by the platform.
 *
 * @param maxBytes the limit in bytes, for releases and everything else in the home together
 */
public record HomeLimit(long maxBytes) {

  /** No limit but that of the file system. */
  public static final HomeLimit NONE = new HomeLimit(Long.MAX_VALUE);

  /**
   * Returns the configured limit.
   *
   * @throws IllegalArgumentException if the value is not a number, with a message for the user
   */
  public static HomeLimit of(Settings settings) {
    return settings.said(Setting.HOME_MAX_BYTES).isPresent()
        ? new HomeLimit(settings.number(Setting.HOME_MAX_BYTES, 1, Long.MAX_VALUE))
        : NONE;
  }

  /** Returns whether there is one. */
  boolean isSet() {
    return maxBytes != Long.MAX_VALUE;
  }
}
