package dev.fastdeploy.benchmarks.summary;

import java.util.List;
import java.util.Locale;

/** Writes figures and lists for sentences. */
final class Words {

  private Words() {}

  /** Writes a number with three significant digits, or all those before the point. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == Math.rint(size) ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Writes a number without decimals. */
  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** Writes milliseconds as a person says them: in seconds, with about two digits. */
  static String seconds(double millis) {
    double seconds = millis / 1_000;
    int decimals = seconds >= 10 ? 0 : seconds >= 1 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f s", seconds);
  }

  static String millis(double value) {
    return number(value) + " ms";
  }

  /** Writes how much less or more something is, such as {@code 300 ms sooner}. */
  static String difference(double value, String unit, String less, String more) {
    return number(Math.abs(value)) + " " + unit + " " + (value <= 0 ? less : more);
  }

  static String code(String name) {
    return "`" + name + "`";
  }

  /** Writes a list: {@code a}, {@code a and b}, {@code a, b and c}. */
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
