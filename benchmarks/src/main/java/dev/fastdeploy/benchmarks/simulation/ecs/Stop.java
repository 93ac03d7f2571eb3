package dev.fastdeploy.benchmarks.simulation.ecs;

import java.time.Duration;

/**
 * The stop of a task.
 *
 * @param stopTimeout from TERM to KILL
 */
public record Stop(Duration stopTimeout) {

  /**
   * Returns how long a task takes to stop, in milliseconds, if its work takes a given time to end.
   */
  long millis(long drain) {
    return Math.min(drain, stopTimeout.toMillis());
  }
}
