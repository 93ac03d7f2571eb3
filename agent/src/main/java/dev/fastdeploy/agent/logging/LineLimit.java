package dev.fastdeploy.agent.logging;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much the libraries may say. Some of their warnings are caused by whoever can connect, and
 * would bury the service's own log. Thread-safe.
 */
final class LineLimit {

  private static final int LINES = 16;
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final LongSupplier nanoTime;
  private long beganNanos;
  private int said;
  private int unsaid;

  /**
   * @param nanoTime tells what time has passed
   */
  LineLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The line as it is to be said, with how many were not before it; null to say nothing. */
  synchronized @Nullable String admit(String line) {
    long now = nanoTime.getAsLong();
    if (said == 0 || now - beganNanos >= WINDOW_NANOS) {
      beganNanos = now;
      said = 0;
    }
    if (said == LINES) {
      unsaid++;
      return null;
    }
    said++;
    String before = unsaid == 0 ? "" : " (" + unsaid + " lines before it were too many)";
    unsaid = 0;
    return line + before;
  }
}
