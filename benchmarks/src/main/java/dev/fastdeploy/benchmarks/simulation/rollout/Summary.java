package dev.fastdeploy.benchmarks.simulation.rollout;

import java.time.Duration;

/**
 * The figures of a rollout.
 *
 * @param tasks how many instances the service has
 * @param half until the new commit is proven on half of them
 * @param ninety until it is on 90 %
 * @param ninetyNine until it is on 99 %
 * @param all until it is on all
 * @param end until, beyond that, the last old one has ended
 * @param fewestServing the smallest number that took work at a time
 */
public record Summary(
    int tasks,
    Duration half,
    Duration ninety,
    Duration ninetyNine,
    Duration all,
    Duration end,
    int fewestServing) {

  /** The smallest share that took work at a time, in percent, rounded down. */
  public int fewestServingPercent() {
    return (int) (100L * fewestServing / tasks);
  }
}
