package dev.fastdeploy.agent.deploy;

import java.time.Duration;

/** How a deploy waits: a clock for durations, and the passing of time on it. */
public interface Waiting {

  /** Nanoseconds of a monotonic clock. */
  long nanos();

  /** Lets time pass. */
  void pause(Duration duration) throws InterruptedException;

  /** The JVM's own time. */
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
