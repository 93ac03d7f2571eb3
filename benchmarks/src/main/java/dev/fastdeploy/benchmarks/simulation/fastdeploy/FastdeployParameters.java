package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.RateLimit;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.time.Duration;

/**
 * A deploy by the command.
 *
 * @param tasks how many instances it targets, at least 1
 * @param maxUnavailable how many may be under way at a time
 * @param dial how fast the command connects to instances
 * @param store how fast the store answers instances, in requests; each asks twice, for the release
 *     and for its checksum
 * @param drainTimeout after which work in flight is given up
 * @param soak how long a new release must stay ready before the next instance is begun in its place
 * @param application that the instances run
 */
public record FastdeployParameters(
    int tasks,
    MaxUnavailable maxUnavailable,
    RateLimit dial,
    RateLimit store,
    Duration drainTimeout,
    Duration soak,
    Application application) {

  /**
   * @throws IllegalArgumentException if there is nothing to deploy to
   */
  public FastdeployParameters {
    if (tasks < 1) {
      throw new IllegalArgumentException("a fleet of " + tasks + " has nothing to deploy to");
    }
  }

  /** The same without a part of the delay. */
  public FastdeployParameters without(Term term) {
    return switch (term) {
      case API_RATE -> withLimits(RateLimit.NONE, RateLimit.NONE);
      case CAPACITY -> withMaxUnavailable(MaxUnavailable.ALL);
      case PLACEMENT, SCHEDULER -> this;
      case FETCH -> withApplication(application.withStage(Distribution.NONE));
      case START -> withApplication(application.withRestart(Distribution.NONE));
      case HEALTH_CHECK -> withTimes(drainTimeout, Duration.ZERO);
      case STOP -> withTimes(Duration.ZERO, soak);
    };
  }

  /** The same with another number under way at a time. */
  public FastdeployParameters withMaxUnavailable(MaxUnavailable other) {
    return new FastdeployParameters(tasks, other, dial, store, drainTimeout, soak, application);
  }

  private FastdeployParameters withLimits(RateLimit dialling, RateLimit storing) {
    return new FastdeployParameters(
        tasks, maxUnavailable, dialling, storing, drainTimeout, soak, application);
  }

  private FastdeployParameters withTimes(Duration drain, Duration soaking) {
    return new FastdeployParameters(
        tasks, maxUnavailable, dial, store, drain, soaking, application);
  }

  /** The same with another application. */
  public FastdeployParameters withApplication(Application other) {
    return new FastdeployParameters(tasks, maxUnavailable, dial, store, drainTimeout, soak, other);
  }
}
