package dev.fastdeploy.benchmarks.summary;

import java.util.List;
import java.util.Locale;

/** Figures and lists in sentences. */
final class Words {

  private Words() {}

  /** With three significant digits, or all before the point. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == Math.rint(size) ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  static String millis(double value) {
    return number(value) + " ms";
  }

  /** How much less or more, such as {@code 300 ms sooner}. */
  static String difference(double value, String unit, String less, String more) {
    return number(Math.abs(value)) + " " + unit + " " + (value <= 0 ? less : more);
  }

  static String code(String name) {
    return "`" + name + "`";
  }

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  static String list(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
