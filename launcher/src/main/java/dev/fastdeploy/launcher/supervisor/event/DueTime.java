package dev.fastdeploy.launcher.supervisor.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A time of the monotonic clock at which something is to be done, if anything is. */
@SupervisorThread
public final class DueTime {

  private @Nullable Long at;

  /** Sets it to a time span from now. */
  public void in(Duration wait) {
    at(System.nanoTime() + wait.toNanos());
  }

  /** Sets it to a time in nanoseconds. */
  public void at(long time) {
    at = time;
  }

  /** Unsets it. */
  public void clear() {
    at = null;
  }

  /** Returns true if it is set. */
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

  /** Returns the nanoseconds left; the largest number if it is not set. */
  public long left(long now) {
    return at == null ? Long.MAX_VALUE : at - now;
  }
}
