package dev.fastdeploy.agent.deploy;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which bytes of a staging are worth an event: now and then, and the last ones once. It goes by a
 * clock that nobody sets, or one that is set back would keep it silent for hours. Thread-safe.
 */
final class StagingPace {

  private final LongSupplier nanos;
  private final long pauseNanos;
  private long lastTold;
  private boolean allTold;

  /**
   * @param nanos as {@link System#nanoTime}
   * @param pause the shortest between two events
   */
  StagingPace(LongSupplier nanos, Duration pause) {
    this.nanos = nanos;
    this.pauseNanos = pause.toNanos();
    this.lastTold = nanos.getAsLong() - pauseNanos;
  }

  /**
   * Whether to tell it.
   *
   * @param done bytes that have come
   * @param total of the archive
   */
  synchronized boolean isWorthTelling(long done, long total) {
    long now = nanos.getAsLong();
    boolean last = done >= total && !allTold;
    if (allTold || (!last && now - lastTold < pauseNanos)) {
      return false;
    }
    allTold = last;
    lastTold = now;
    return true;
  }
}
