package dev.fastdeploy.agent.deploy;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Decides when the bytes of a staging are worth an event: now and then, and once for the last ones.
 * It uses a clock that nobody sets, since one that is set back would keep it silent for hours.
 * Thread-safe.
 */
final class StagingPace {

  private final LongSupplier nanos;
  private final long pauseNanos;
  private long lastTold;
  private boolean allTold;

  /**
   * @param nanos a clock such as {@link System#nanoTime}
   * @param pause the shortest time between two events
   */
  StagingPace(LongSupplier nanos, Duration pause) {
    this.nanos = nanos;
    this.pauseNanos = pause.toNanos();
    this.lastTold = nanos.getAsLong() - pauseNanos;
  }

  /**
   * Returns true if the bytes are worth an event.
   *
   * @param done number of bytes that have come
   * @param total number of bytes of the archive
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
