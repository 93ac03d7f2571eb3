package dev.fastdeploy.benchmarks.simulation.rollout;

import java.time.Duration;
import java.util.List;

/** The result of a simulated rollout. */
public final class Rollout {

  private final int tasks;
  private final List<Moment> moments;
  private final long[] newProvenAt;
  private final long lastOldGone;
  private final int fewestServing;

  Rollout(
      int tasks, List<Moment> moments, long[] newProvenAt, long lastOldGone, int fewestServing) {
    this.tasks = tasks;
    this.moments = List.copyOf(moments);
    this.newProvenAt = newProvenAt.clone();
    this.lastOldGone = lastOldGone;
    this.fewestServing = fewestServing;
  }

  /** Returns its states in order of time, at most one per second. */
  public List<Moment> moments() {
    return moments;
  }

  /**
   * Returns when the new commit is proven on a percentage.
   *
   * @param percent of the service's instances, above 0 to 100
   * @throws IllegalArgumentException if the percentage is out of range
   */
  public Duration until(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(percent + " % is not from 1 to 100");
    }
    long needed = ((long) tasks * percent + 99) / 100;
    return Duration.ofMillis(newProvenAt[(int) needed - 1]);
  }

  /** Returns when the last instance with the old commit has ended. */
  public Duration untilOldGone() {
    return Duration.ofMillis(lastOldGone);
  }

  /** Returns when the new commit is proven everywhere and the old one runs nowhere. */
  public Duration untilEnd() {
    return Duration.ofMillis(Math.max(lastOldGone, newProvenAt[tasks - 1]));
  }

  /** The smallest number of instances that took work at a time. */
  public int fewestServing() {
    return fewestServing;
  }

  /** Its figures alone, without the course of it. */
  public Summary summary() {
    return new Summary(
        tasks, until(50), until(90), until(99), until(100), untilEnd(), fewestServing);
  }
}
