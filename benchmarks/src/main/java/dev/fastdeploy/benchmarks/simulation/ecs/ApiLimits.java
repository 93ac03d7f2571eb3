package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.RateLimit;

/**
 * The limits on launching tasks.
 *
 * @param tasksPerCall of StartTask or RunTask
 * @param calls of the account in a region
 * @param launches of the account in a region, in tasks
 * @param serviceLaunches of one service, in tasks
 * @param tasksPerService how large a service may be; a larger one is several services side by side,
 *     each with launches of its own
 */
public record ApiLimits(
    int tasksPerCall,
    RateLimit calls,
    RateLimit launches,
    RateLimit serviceLaunches,
    int tasksPerService) {

  /** No limits, and one call for everything. */
  public static final ApiLimits NONE =
      new ApiLimits(
          Integer.MAX_VALUE, RateLimit.NONE, RateLimit.NONE, RateLimit.NONE, Integer.MAX_VALUE);

  /**
   * @throws IllegalArgumentException if a number is not positive
   */
  public ApiLimits {
    if (tasksPerCall < 1 || tasksPerService < 1) {
      throw new IllegalArgumentException(
          tasksPerCall + " tasks a call and " + tasksPerService + " a service must be at least 1");
    }
  }

  /** The launches of all the services that it takes to hold so many tasks. */
  RateLimit serviceLaunches(int tasks) {
    int services = (int) (((long) tasks + tasksPerService - 1) / tasksPerService);
    return serviceLaunches instanceof RateLimit.PerMinute limit
        ? new RateLimit.PerMinute(limit.most() * Math.max(1, services))
        : serviceLaunches;
  }
}
