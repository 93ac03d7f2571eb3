package dev.fastdeploy.release.store;

import java.io.IOException;
import java.time.Duration;

/**
 * Ends a transfer that makes almost no progress: a peer that sends a byte now and then never hits a
 * socket's timeout. Pure: times are nanoseconds of a monotonic clock. Not thread-safe.
 */
final class Pace {

  /** A transfer below this rate counts as stalled. */
  private static final long LEAST_PER_SECOND = 1024;

  private final Duration window;
  private long windowBegan;
  private long inWindow;

  /**
   * @param window the time over which the rate is measured
   * @param now when the transfer begins
   */
  Pace(Duration window, long now) {
    this.window = window;
    this.windowBegan = now;
  }

  /**
   * Counts received bytes.
   *
   * @throws IOException if too few came in the window that ends now
   */
  void came(int bytes, long now) throws IOException {
    inWindow += bytes;
    Duration passed = Duration.ofNanos(now - windowBegan);
    if (passed.compareTo(window) < 0) {
      return;
    }
    if (inWindow * 1000 < passed.toMillis() * LEAST_PER_SECOND) {
      throw new IOException("only " + inWindow + " bytes came in " + passed.toMillis() + " ms");
    }
    windowBegan = now;
    inWindow = 0;
  }
}
