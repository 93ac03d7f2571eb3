package dev.fastdeploy.agent.reload.module.leftovers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A time limit that is running. */
final class Deadline {

  private static final long POLL_MILLIS = 2;

  private final long started = System.nanoTime();
  private final Duration duration;

  private Deadline(Duration duration) {
    this.duration = duration;
  }

  static Deadline in(Duration duration) {
    return new Deadline(duration);
  }

  Duration duration() {
    return duration;
  }

  /** Returns the time left; never negative. */
  Duration left() {
    Duration left = duration.minusNanos(System.nanoTime() - started);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Returns a deadline at a part of the time left. */
  Deadline part(double part) {
    return new Deadline(Duration.ofNanos((long) (left().toNanos() * part)));
  }

  /** Waits until a condition holds, and returns false if it does not within the deadline. */
  boolean await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (left().isZero()) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }
}
