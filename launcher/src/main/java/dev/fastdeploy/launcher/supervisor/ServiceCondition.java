package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.health.HealthState;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a service, from which follows what its launcher tells of it. Pure.
 *
 * @param child null before the first start
 * @param stopping whether the launcher was told to stop
 * @param onProbation whether its release is not proven yet
 * @param restoring whether its release is to replace one that did not come up
 */
record ServiceCondition(
    @Nullable ChildState child, boolean stopping, boolean onProbation, boolean restoring) {

  /** Returns the state that the launcher tells. */
  HealthState state(ServiceReadiness readiness, long now) {
    if (stopping) {
      return HealthState.STOPPING;
    }
    if (child == null) {
      return HealthState.STARTING;
    }
    return switch (child) {
      case EXITED -> HealthState.RESTARTING;
      case DRAINING -> HealthState.DRAINING;
      case STOPPING -> HealthState.RESTORING;
      case RUNNING -> whileRunning(readiness, now);
    };
  }

  /** A release on probation has a budget of its own, and so has the one that replaces it. */
  private HealthState whileRunning(ServiceReadiness readiness, long now) {
    if (onProbation || restoring) {
      return onProbation ? HealthState.PROBATION : HealthState.RESTORING;
    }
    if (!readiness.overdueBecause(now).isEmpty()) {
      return HealthState.FAILED;
    }
    if (readiness.unreadyBecause(now).isEmpty()) {
      return HealthState.READY;
    }
    return readiness.wasReady(now) ? HealthState.UNREADY : HealthState.STARTING;
  }

  /** Returns the reason to send the service no requests, in one line; empty if it is ready. */
  String unreadyBecause(ServiceReadiness readiness, long now) {
    if (stopping) {
      return "the launcher was told to stop";
    }
    if (child == null) {
      return "the service is not started yet";
    }
    return switch (child) {
      case EXITED -> "the service has ended";
      case DRAINING -> "the service ends its work for a reload";
      case STOPPING -> "the release did not come up and is ended";
      case RUNNING -> readiness.unreadyBecause(now);
    };
  }

  /** Returns the reason to replace the container, in one line; empty if there is none. */
  String deadBecause(ServiceReadiness readiness, long now) {
    return state(readiness, now) == HealthState.FAILED ? readiness.overdueBecause(now) : "";
  }
}
