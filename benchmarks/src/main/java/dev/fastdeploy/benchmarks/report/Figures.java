package dev.fastdeploy.benchmarks.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How a figure is written: enough digits to compare, no more. */
final class Figures {

  private static final int SIGNIFICANT = 3;
  private static final int MOST_DECIMALS = 9;

  private Figures() {}

  /** Three significant digits, or all before the point; no trailing zeros. */
  static String text(double value) {
    String text = text(value, decimals(value));
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** With that many decimals, and commas between thousands. */
  static String text(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** The decimals with which a figure has three significant digits. */
  static int decimals(double value) {
    if (value == 0 || (value == Math.rint(value) && Math.abs(value) < 1e15)) {
      return 0;
    }
    int before = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return Math.min(MOST_DECIMALS, Math.max(0, SIGNIFICANT - before));
  }
}
