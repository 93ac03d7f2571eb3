package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.ecs.AgentBehaviour;
import dev.fastdeploy.benchmarks.simulation.ecs.ApiLimits;
import dev.fastdeploy.benchmarks.simulation.ecs.Capacity;
import dev.fastdeploy.benchmarks.simulation.ecs.Deployment;
import dev.fastdeploy.benchmarks.simulation.ecs.EcsParameters;
import dev.fastdeploy.benchmarks.simulation.ecs.HealthCheck;
import dev.fastdeploy.benchmarks.simulation.ecs.Launch;
import dev.fastdeploy.benchmarks.simulation.ecs.LoadBalancer;
import dev.fastdeploy.benchmarks.simulation.ecs.Placement;
import dev.fastdeploy.benchmarks.simulation.ecs.Stop;
import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.RateLimit;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.FastdeployParameters;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.Pace;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose parameters a simulation has. The service is the same; what surrounds it is not. */
public enum Profile {
  /** The original service and its platform in August 2019. */
  ORIGINAL,
  /** The same service with the platform's quotas of today, and fastdeploy's defaults. */
  TODAY;

  /** The number of tasks of the original service. */
  public static final int ORIGINAL_TASKS = 4000;

  /** The time that the original's deploys took on 90 % of them, according to its makers. */
  public static final Duration ORIGINAL_NINETY = Duration.ofSeconds(90);

  private static final Distribution DRAIN = new Distribution.Exponential(Duration.ofSeconds(30));

  /** As users write it: {@code original}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The profile that users write so; empty if there is none. */
  public static Optional<Profile> of(String text) {
    return Arrays.stream(values()).filter(profile -> profile.text().equals(text)).findFirst();
  }

  /**
   * A rolling update of a service.
   *
   * @param tasks how many it has
   * @param restartTimes of its application
   * @throws IllegalArgumentException if such a service cannot be updated
   */
  public EcsParameters ecs(int tasks, RestartTimes restartTimes) {
    return new EcsParameters(
        tasks,
        new Deployment(100, 200),
        api(),
        Duration.ofSeconds(10),
        placement(),
        new Capacity(25, 20),
        agent(),
        new Launch(
            new Distribution.Uniform(Duration.ofSeconds(10), Duration.ofSeconds(30)),
            new Distribution.Uniform(Duration.ofSeconds(1), Duration.ofSeconds(3))),
        healthCheck(restartTimes.restart()),
        Duration.ofSeconds(20),
        new Stop(Duration.ofSeconds(30)),
        Optional.of(LoadBalancer.DEFAULTS),
        new Application(DRAIN, restartTimes));
  }

  /**
   * A deploy by fastdeploy.
   *
   * @param tasks how many instances the service has
   * @param restartTimes of its application
   * @throws IllegalArgumentException if there is no instance
   */
  public FastdeployParameters fastdeploy(int tasks, RestartTimes restartTimes) {
    return new FastdeployParameters(
        tasks,
        pace(),
        new RateLimit.Bucket(100, 20),
        new RateLimit.Bucket(1, 345),
        new RateLimit.Bucket(5500, 5500),
        connectTimeout(tasks),
        drainTimeout(),
        Duration.ofSeconds(5),
        new Application(DRAIN, restartTimes));
  }

  /**
   * Returns the health check, with a startPeriod that does not kill the application while it
   * starts.
   */
  private static HealthCheck healthCheck(Distribution start) {
    Duration interval = Duration.ofSeconds(30);
    Duration timeout = Duration.ofSeconds(5);
    boolean slow = start.longest() >= interval.multipliedBy(3).toMillis();
    return new HealthCheck.Container(
        interval, timeout, 3, slow ? Duration.ofMinutes(5) : Duration.ZERO);
  }

  private ApiLimits api() {
    RateLimit calls = new RateLimit.Bucket(100, 40);
    return switch (this) {
      case ORIGINAL ->
          new ApiLimits(
              10, calls, new RateLimit.Bucket(100, 20), RateLimit.NONE, Integer.MAX_VALUE);
      case TODAY -> new ApiLimits(10, calls, RateLimit.NONE, new RateLimit.PerMinute(500), 5000);
    };
  }

  private Placement placement() {
    return switch (this) {
      case ORIGINAL -> new Placement.Pause(Duration.ofSeconds(50), Duration.ofMinutes(5));
      case TODAY -> new Placement.Provisioning(300);
    };
  }

  private AgentBehaviour agent() {
    return switch (this) {
      case ORIGINAL -> AgentBehaviour.WAITS_FOR_ALL_STOPPING;
      case TODAY -> AgentBehaviour.WAITS_FOR_ROOM;
    };
  }

  private Pace pace() {
    return switch (this) {
      case ORIGINAL -> Pace.ALL_AT_ONCE;
      case TODAY -> Pace.RECOMMENDED;
    };
  }

  /** The command's default does for one service; a source of several is asked for longer. */
  private static Duration connectTimeout(int tasks) {
    return tasks > 5000 ? Duration.ofMinutes(2) : Duration.ofSeconds(10);
  }

  private Duration drainTimeout() {
    return switch (this) {
      case ORIGINAL -> Duration.ofMinutes(10);
      case TODAY -> Duration.ofSeconds(20);
    };
  }
}
