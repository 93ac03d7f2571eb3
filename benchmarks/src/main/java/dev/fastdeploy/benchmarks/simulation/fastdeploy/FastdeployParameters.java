package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.RateLimit;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import dev.fastdeploy.launcher.fleet.plan.Patience;
import java.time.Duration;

/**
 * A deploy of a fleet by the command.
 *
 * @param tasks how many instances the fleet has, at least 1
 * @param pace in which portions they change
 * @param source how fast the source of instances may be asked, in calls; each tells of a hundred
 * @param dial how fast the command connects to instances, at the beginning and after each restart
 * @param store how fast the store answers instances, in requests; each asks twice, for the release
 *     and for its checksum
 * @param connectTimeout within which the source must tell all, and each instance answer first
 * @param drainTimeout after which work in flight is given up
 * @param soak how long a new release must stay ready to be proven
 * @param application that the instances run
 */
public record FastdeployParameters(
    int tasks,
    Pace pace,
    RateLimit source,
    RateLimit dial,
    RateLimit store,
    Duration connectTimeout,
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

  /** Until when an instance must be proven: as the command has it, and the drain besides. */
  public Duration timeout() {
    return Patience.DEFAULT.activate().plus(drainTimeout);
  }

  /** Returns how long the planner waits for each thing. */
  Patience patience() {
    Patience usual = Patience.DEFAULT;
    return new Patience(
        connectTimeout,
        usual.stage(),
        timeout(),
        usual.silence(),
        usual.progress(),
        usual.gate(),
        usual.gatePause(),
        usual.pause(),
        usual.tail(),
        usual.sweep(),
        usual.lease());
  }

  /** The same without a part of the delay. */
  public FastdeployParameters without(Term term) {
    return switch (term) {
      case API_RATE -> withLimits(RateLimit.NONE, RateLimit.NONE, RateLimit.NONE);
      case CAPACITY -> withPace(Pace.ALL_AT_ONCE);
      case PLACEMENT, SCHEDULER -> this;
      case FETCH -> withApplication(application.withStage(Distribution.NONE));
      case START -> withApplication(application.withRestart(Distribution.NONE));
      case HEALTH_CHECK -> withPace(pace.withoutBake()).withTimes(drainTimeout, Duration.ZERO);
      case STOP -> withTimes(Duration.ZERO, soak);
    };
  }

  /** The same in other portions. */
  public FastdeployParameters withPace(Pace other) {
    return new FastdeployParameters(
        tasks, other, source, dial, store, connectTimeout, drainTimeout, soak, application);
  }

  private FastdeployParameters withLimits(
      RateLimit telling, RateLimit dialling, RateLimit storing) {
    return new FastdeployParameters(
        tasks, pace, telling, dialling, storing, connectTimeout, drainTimeout, soak, application);
  }

  private FastdeployParameters withTimes(Duration drain, Duration soaking) {
    return new FastdeployParameters(
        tasks, pace, source, dial, store, connectTimeout, drain, soaking, application);
  }

  /** The same with another application. */
  public FastdeployParameters withApplication(Application other) {
    return new FastdeployParameters(
        tasks, pace, source, dial, store, connectTimeout, drainTimeout, soak, other);
  }
}
