package dev.fastdeploy.launcher.supervisor.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A time of the monotonic clock at which something is to be done, if anything is. */
@SupervisorThread
public final class DueTime {

  private @Nullable Long at;

  /** It is to be done after so long from now. */
  public void in(Duration wait) {
    at(System.nanoTime() + wait.toNanos());
  }

  /** It is to be done at a time in nanoseconds. */
  public void at(long time) {
    at = time;
  }

  /** It is not to be done. */
  public void clear() {
    at = null;
  }

  /** Returns true if it is to be done at all. */
  public boolean isSet() {
    return at != null;
  }

  /** Returns true if its time has come. */
  public boolean isDue(long now) {
    return at != null && now - at >= 0;
  }

  /** Returns true, once, if its time has come. */
  public boolean takeIfDue(long now) {
    boolean due = isDue(now);
    if (due) {
      clear();
    }
    return due;
  }

  /** The nanoseconds left; the largest number if it is not to be done. */
  public long left(long now) {
    return at == null ? Long.MAX_VALUE : at - now;
  }
}
