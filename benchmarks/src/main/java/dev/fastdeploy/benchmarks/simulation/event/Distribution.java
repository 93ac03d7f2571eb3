package dev.fastdeploy.benchmarks.simulation.event;

import java.time.Duration;
import java.util.List;

/** The random duration of something. */
public sealed interface Distribution {

  /** Takes no time. */
  Distribution NONE = new Constant(Duration.ZERO);

  /**
   * The duration at a quantile; it never falls when the quantile rises.
   *
   * @param quantile from 0, inclusive, to 1, exclusive
   * @return milliseconds, not negative
   */
  long millis(double quantile);

  /** The longest it can take, in milliseconds; {@link Long#MAX_VALUE} if there is no limit. */
  long longest();

  /** In words, such as {@code 10 to 30 s, uniform}. */
  String text();

  /**
   * Always the same.
   *
   * @param duration not negative
   */
  record Constant(Duration duration) implements Distribution {

    /**
     * @throws IllegalArgumentException if the duration is negative
     */
    public Constant {
      mustNotBeNegative(duration);
    }

    @Override
    public long millis(double quantile) {
      return duration.toMillis();
    }

    @Override
    public long longest() {
      return duration.toMillis();
    }

    @Override
    public String text() {
      return seconds(duration.toMillis());
    }
  }

  /**
   * Each duration between two is as likely as any other.
   *
   * @param shortest not negative
   * @param most not less than the shortest
   */
  record Uniform(Duration shortest, Duration most) implements Distribution {

    /**
     * @throws IllegalArgumentException if a duration is negative or they are in the wrong order
     */
    public Uniform {
      mustNotBeNegative(shortest);
      if (most.compareTo(shortest) < 0) {
        throw new IllegalArgumentException(most + " is less than " + shortest);
      }
    }

    @Override
    public long millis(double quantile) {
      long least = shortest.toMillis();
      return least + Math.round(quantile * (most.toMillis() - least));
    }

    @Override
    public long longest() {
      return most.toMillis();
    }

    @Override
    public String text() {
      return seconds(shortest.toMillis()) + " to " + seconds(most.toMillis()) + ", uniform";
    }
  }

  /**
   * The rest of something whose end does not depend on how long it has gone on.
   *
   * @param mean positive
   */
  record Exponential(Duration mean) implements Distribution {

    /**
     * @throws IllegalArgumentException if the mean is not positive
     */
    public Exponential {
      if (mean.isZero() || mean.isNegative()) {
        throw new IllegalArgumentException("a mean of " + mean + " is not positive");
      }
    }

    @Override
    public long millis(double quantile) {
      return Math.round(-StrictMath.log1p(-quantile) * mean.toMillis());
    }

    @Override
    public long longest() {
      return Long.MAX_VALUE;
    }

    @Override
    public String text() {
      return "exponential, mean " + seconds(mean.toMillis());
    }
  }

  /**
   * A part of another.
   *
   * @param whole what it is a part of
   * @param percent how much of it, 0 to 100
   */
  record Part(Distribution whole, int percent) implements Distribution {

    /**
     * @throws IllegalArgumentException if the percentage is out of range
     */
    public Part {
      if (percent < 0 || percent > 100) {
        throw new IllegalArgumentException(percent + " % is not from 0 to 100");
      }
    }

    @Override
    public long millis(double quantile) {
      return whole.millis(quantile) * percent / 100;
    }

    @Override
    public long longest() {
      return whole.longest() == Long.MAX_VALUE ? Long.MAX_VALUE : whole.longest() * percent / 100;
    }

    @Override
    public String text() {
      return percent + " % of " + whole.text();
    }
  }

  /**
   * Measurements, each as likely as any other.
   *
   * @param sorted milliseconds in rising order, at least one, none negative
   */
  record Samples(List<Long> sorted) implements Distribution {

    /**
     * @throws IllegalArgumentException if there is no sample, or one is negative or out of order
     */
    public Samples {
      sorted = List.copyOf(sorted);
      if (sorted.isEmpty() || sorted.get(0) < 0) {
        throw new IllegalArgumentException("samples " + sorted + ": none, or one is negative");
      }
      if (!sorted.equals(sorted.stream().sorted().toList())) {
        throw new IllegalArgumentException("samples " + sorted + " are not in rising order");
      }
    }

    @Override
    public long millis(double quantile) {
      return sorted.get((int) (quantile * sorted.size()));
    }

    @Override
    public long longest() {
      return sorted.get(sorted.size() - 1);
    }

    @Override
    public String text() {
      return sorted.size()
          + " measurements, median "
          + seconds(millis(0.5))
          + ", "
          + seconds(sorted.get(0))
          + " to "
          + seconds(longest());
    }
  }

  private static void mustNotBeNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a duration of " + duration + " is negative");
    }
  }

  private static String seconds(long millis) {
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
  }
}
