package dev.fastdeploy.launcher.report;

import java.util.Locale;

/** Writes numbers of bytes for people. */
public final class Sizes {

  private Sizes() {}

  /**
   * Writes a size in MB with one decimal, or in kB below a tenth of an MB: {@code 12.3 MB}, {@code
   * 4 kB}.
   */
  public static String text(long bytes) {
    if (bytes < 100_000) {
      return (bytes + 999) / 1000 + " kB";
    }
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
