package dev.fastdeploy.benchmarks.simulation.event;

import java.time.Duration;

/** A limit on how often something may be done. */
public sealed interface RateLimit {

  /** As often as one likes. */
  RateLimit NONE = new Unlimited();

  /** Begins to count; nothing has been used yet. */
  Limiter limiter();

  /** In words, such as {@code bursts of 100, then 40/s}. */
  String text();

  /**
   * A bucket of tokens: what is in it may be taken at once, what is taken comes back at a rate.
   *
   * @param burst how many tokens it holds, at least 1; it begins full
   * @param perSecond how many come back a second, at least 1
   */
  record Bucket(int burst, int perSecond) implements RateLimit {

    /**
     * @throws IllegalArgumentException if nothing could ever be taken
     */
    public Bucket {
      if (burst < 1 || perSecond < 1) {
        throw new IllegalArgumentException(
            "a bucket of " + burst + " tokens and " + perSecond + "/s gives nothing");
      }
    }

    @Override
    public Limiter limiter() {
      return new TokenBucket(burst, perSecond);
    }

    @Override
    public String text() {
      return "bursts of " + burst + ", then " + perSecond + "/s";
    }
  }

  /**
   * So many in each minute on the clock.
   *
   * @param most at least 1
   */
  record PerMinute(int most) implements RateLimit {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * @throws IllegalArgumentException if nothing could ever be done
     */
    public PerMinute {
      if (most < 1) {
        throw new IllegalArgumentException(most + " a minute is nothing");
      }
    }

    @Override
    public Limiter limiter() {
      return new WindowLimiter(most, MINUTE.toMillis());
    }

    @Override
    public String text() {
      return most + "/min";
    }
  }

  /** No limit. */
  record Unlimited() implements RateLimit {

    @Override
    public Limiter limiter() {
      return (now, tokens) -> now;
    }

    @Override
    public String text() {
      return "none";
    }
  }
}
