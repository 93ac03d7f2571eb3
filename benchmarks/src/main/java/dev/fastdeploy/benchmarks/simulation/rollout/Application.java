package dev.fastdeploy.benchmarks.simulation.rollout;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;

/**
 * The service that gets a new commit.
 *
 * @param drain how long work in flight takes to end, once the service takes no new work
 * @param restartTimes of one instance
 */
public record Application(Distribution drain, RestartTimes restartTimes) {

  /** The same with another time to restart. */
  public Application withRestart(Distribution restart) {
    return new Application(
        drain,
        new RestartTimes(
            restartTimes.origin(), restartTimes.source(), restartTimes.stage(), restart));
  }

  /** The same with another time for work in flight. */
  public Application withDrain(Distribution other) {
    return new Application(other, restartTimes);
  }

  /** The same with another time to stage. */
  public Application withStage(Distribution stage) {
    return new Application(
        drain,
        new RestartTimes(
            restartTimes.origin(), restartTimes.source(), stage, restartTimes.restart()));
  }
}
