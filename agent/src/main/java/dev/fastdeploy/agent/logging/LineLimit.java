package dev.fastdeploy.agent.logging;

import dev.fastdeploy.contract.Text;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits how much the libraries may print. Anyone who can connect can cause some of their warnings,
 * which would bury the service's own log. Thread-safe.
 */
final class LineLimit {

  private static final int LINES = 16;
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final LongSupplier nanoTime;
  private long beganNanos;
  private int said;
  private int unsaid;

  /**
   * @param nanoTime returns the time elapsed
   */
  LineLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the line to print, with the number of lines dropped before it, or null to drop this one
   * too.
   */
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
    String before =
        unsaid == 0
            ? ""
            : " ("
                + Text.counted(unsaid, "line before it was", "lines before it were")
                + " too many)";
    unsaid = 0;
    return line + before;
  }
}
