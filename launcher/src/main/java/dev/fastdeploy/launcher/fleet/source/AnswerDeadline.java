package dev.fastdeploy.launcher.fleet.source;

import java.time.Duration;

/** The time by which an answer must be there, by a monotonic clock. */
final class AnswerDeadline {

  private final long at;

  private AnswerDeadline(long at) {
    this.at = at;
  }

  static AnswerDeadline in(Duration duration) {
    return new AnswerDeadline(System.nanoTime() + duration.toNanos());
  }

  boolean isOver() {
    return at - System.nanoTime() <= 0;
  }

  /** Returns the time left, but at least a millisecond: many libraries take 0 for no limit. */
  Duration left() {
    long nanos = at - System.nanoTime();
    return Duration.ofNanos(Math.max(nanos, 1_000_000));
  }

  int leftMillis() {
    return (int) Math.min(left().toMillis(), Integer.MAX_VALUE);
  }
}
