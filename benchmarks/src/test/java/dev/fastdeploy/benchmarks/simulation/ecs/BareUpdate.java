package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import java.time.Duration;
import java.util.Optional;

/** A rolling update in which nothing takes time, for tests that add one delay to it. */
final class BareUpdate {

  private BareUpdate() {}

  static EcsParameters.Builder of(int tasks) {
    return new EcsParameters(
            tasks,
            new Deployment(100, 200),
            ApiLimits.NONE,
            Duration.ZERO,
            Placement.ALWAYS,
            new Capacity(100, 20),
            AgentBehaviour.WAITS_FOR_ROOM,
            new Launch(Distribution.NONE, Distribution.NONE),
            new HealthCheck.None(Duration.ZERO),
            Duration.ZERO,
            new Stop(Duration.ofHours(1)),
            Optional.empty(),
            application(Distribution.NONE, Distribution.NONE))
        .change();
  }

  static Application application(Distribution drain, Distribution restart) {
    return new Application(
        drain,
        new RestartTimes(RestartTimes.Origin.ASSUMED, "set by a test", Distribution.NONE, restart));
  }

  static Distribution seconds(int seconds) {
    return new Distribution.Constant(Duration.ofSeconds(seconds));
  }
}
