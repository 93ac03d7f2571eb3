package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Limiter;

/** Decides when ECS grants a call that launches tasks. Not thread-safe. */
final class LaunchApi {

  private final Limiter calls;
  private final Limiter launches;
  private final Limiter serviceLaunches;

  LaunchApi(ApiLimits limits, int tasks) {
    calls = limits.calls().limiter();
    launches = limits.launches().limiter();
    serviceLaunches = limits.serviceLaunches(tasks).limiter();
  }

  /** Returns when a call that launches a number of tasks is granted. */
  long granted(long now, int tasks) {
    long call = calls.take(now, 1);
    return serviceLaunches.take(launches.take(call, tasks), tasks);
  }
}
