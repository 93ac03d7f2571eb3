package dev.fastdeploy.benchmarks.simulation.fastdeploy;

/**
 * How many instances may change at a time.
 *
 * @param percent of all, rounded down but at least one; 1 to 100
 */
public record MaxUnavailable(int percent) {

  /** All at once. */
  public static final MaxUnavailable ALL = new MaxUnavailable(100);

  /**
   * @throws IllegalArgumentException if the percentage is out of range
   */
  public MaxUnavailable {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(percent + " % at a time is not from 1 to 100");
    }
  }

  /** How many of so many. */
  public int of(int tasks) {
    return Math.max(1, (int) ((long) tasks * percent / 100));
  }

  /** In words: {@code 10 % at a time}. */
  public String text() {
    return percent == 100 ? "all at once" : percent + " % at a time";
  }
}
