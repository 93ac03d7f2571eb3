package dev.fastdeploy.benchmarks.report;

import java.util.Collection;

/**
 * The spread of repeated measurements, in the unit of the column or axis.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the smallest
 * @param max the largest
 * @param n how many there were
 */
public record Spread(double median, double min, double max, int n) {

  /**
   * @throws IllegalArgumentException if {@code n} is not positive, a figure is not finite, or the
   *     median does not lie between the smallest and the largest
   */
  public Spread {
    Checks.finite("median", median);
    Checks.finite("min", min);
    Checks.finite("max", max);
    if (n < 1) {
      throw new IllegalArgumentException("a spread of " + n + " samples: it needs at least one");
    }
    if (min > median || median > max) {
      throw new IllegalArgumentException(
          "the median " + median + " does not lie between " + min + " and " + max);
    }
  }

  /**
   * The spread of samples.
   *
   * @throws IllegalArgumentException if there is none, or one is not finite
   */
  public static Spread of(Collection<Double> samples) {
    Checks.filled("samples of a spread", samples);
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
    return new Spread(median, sorted[0], sorted[n - 1], n);
  }

  /** One measurement. */
  public static Spread once(double value) {
    return new Spread(value, value, value, 1);
  }

  /** For people: {@code 182 (175 to 190, n=10)}, all three with the same number of decimals. */
  @Override
  public String toString() {
    return middle() + " (" + range() + ")";
  }

  /** The part before the brackets. */
  String middle() {
    return text(median);
  }

  /** The part in brackets: {@code 175 to 190, n=10}; for one sample {@code n=1}. */
  String range() {
    return n == 1 ? "n=1" : text(min) + " to " + text(max) + ", n=" + n;
  }

  private String text(double value) {
    return Figures.text(value, decimals());
  }

  private int decimals() {
    return Figures.whole(median, min, max) ? 0 : Figures.decimals(median == 0 ? max : median);
  }
}
