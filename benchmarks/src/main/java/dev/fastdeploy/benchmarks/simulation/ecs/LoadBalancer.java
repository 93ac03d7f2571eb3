package dev.fastdeploy.benchmarks.simulation.ecs;

import java.time.Duration;

/**
 * The target group that the service's tasks are registered with.
 *
 * @param interval of its health check
 * @param healthyThreshold how many successes in a row make a target healthy
 * @param deregistrationDelay how long a target that leaves is kept, before its task is told to stop
 */
public record LoadBalancer(Duration interval, int healthyThreshold, Duration deregistrationDelay) {

  /** The defaults of a target group. */
  public static final LoadBalancer DEFAULTS =
      new LoadBalancer(Duration.ofSeconds(30), 5, Duration.ofMinutes(5));

  /**
   * @throws IllegalArgumentException if the interval or the threshold is not positive
   */
  public LoadBalancer {
    if (interval.isZero() || interval.isNegative() || healthyThreshold < 1) {
      throw new IllegalArgumentException(
          "a check every " + interval + " with " + healthyThreshold + " successes never passes");
    }
  }

  /** In words. */
  public String text() {
    return healthyThreshold
        + " checks every "
        + interval.toSeconds()
        + " s, deregistration "
        + deregistrationDelay.toSeconds()
        + " s";
  }

  /** The same that takes each target for healthy at its first check, as soon as it answers. */
  LoadBalancer withoutCheck() {
    return new LoadBalancer(Duration.ofMillis(1), 1, deregistrationDelay);
  }

  /** The same that lets targets go at once. */
  LoadBalancer withoutDeregistration() {
    return new LoadBalancer(interval, healthyThreshold, Duration.ZERO);
  }

  /**
   * Returns when the target becomes healthy, in milliseconds from RUNNING; see {@link HealthCheck}.
   */
  long healthyAfter(long start) {
    long step = interval.toMillis();
    long first = Math.max(1, (start + step - 1) / step);
    return (first + healthyThreshold - 1) * step;
  }
}
