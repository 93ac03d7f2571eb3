package dev.fastdeploy.benchmarks.simulation.ecs;

import java.time.Duration;

/**
 * How a task is stopped.
 *
 * @param stopTimeout from TERM to KILL
 */
public record Stop(Duration stopTimeout) {

  /** How long a task takes to stop whose work needs so long to end, in milliseconds. */
  long millis(long drain) {
    return Math.min(drain, stopTimeout.toMillis());
  }
}
