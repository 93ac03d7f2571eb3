package dev.fastdeploy.agent.deploy;

import java.time.Duration;

/** The time by which a deploy waits: a clock for durations, and pauses on it. */
public interface Waiting {

  /** Returns the nanoseconds of a monotonic clock. */
  long nanos();

  /** Lets time pass. */
  void pause(Duration duration) throws InterruptedException;

  /** Returns the JVM's own time. */
  static Waiting real() {
    return new Waiting() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
      }
    };
  }
}
