package dev.fastdeploy.release;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;

/**
 * The limits on an unpacked release.
 *
 * @param maxBytes the sum of its files' sizes
 * @param maxEntries files, directories and links together
 */
public record StagingLimits(long maxBytes, int maxEntries) {

  private static final long LARGEST = 1L << 50;

  /**
   * @throws IllegalArgumentException if a limit is not positive
   */
  public StagingLimits {
    if (maxBytes < 1 || maxBytes > LARGEST || maxEntries < 1) {
      throw new IllegalArgumentException(
          "the limits of a release, " + maxBytes + " bytes and " + maxEntries + " files, are not");
    }
  }

  /**
   * Returns the configured limits.
   *
   * @throws IllegalArgumentException if a value is not a number, with a message for the user
   */
  public static StagingLimits of(Settings settings) {
    return new StagingLimits(
        settings.number(Setting.RELEASE_MAX_BYTES, 1, LARGEST),
        (int) settings.number(Setting.RELEASE_MAX_ENTRIES, 1, Integer.MAX_VALUE));
  }
}
