package dev.fastdeploy.benchmarks.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Writes figures with enough digits to compare, and no more. */
final class Figures {

  private static final int SIGNIFICANT = 3;
  private static final int MOST_DECIMALS = 9;
  private static final double MOST_EXACT = 1e15;

  private Figures() {}

  /** Three significant digits, or all before the point; no trailing zeros. */
  static String text(double value) {
    String text = text(value, whole(value) ? 0 : decimals(value));
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  /** With that many decimals, and commas between thousands. */
  static String text(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** The decimals with which a figure has three significant digits. */
  static int decimals(double value) {
    if (value == 0) {
      return 0;
    }
    int before = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return Math.min(MOST_DECIMALS, Math.max(0, SIGNIFICANT - before));
  }

  /** Returns whether all of them can be written without decimals. */
  static boolean whole(double... values) {
    return DoubleStream.of(values)
        .allMatch(value -> value == Math.rint(value) && Math.abs(value) < MOST_EXACT);
  }
}
