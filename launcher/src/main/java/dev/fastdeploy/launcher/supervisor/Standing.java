package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.health.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * How things stand with a service, from which follows what is told of it. Pure.
 *
 * @param child nothing before the first start
 * @param stopping whether the launcher was told to stop
 * @param onProbation whether its release is not proven yet
 * @param restoring whether its release is to replace one that did not come up
 */
record Standing(
    @Nullable ChildState child, boolean stopping, boolean onProbation, boolean restoring) {

  /** The state of the instance. */
  InstanceState state(ServiceReadiness readiness, long now) {
    if (stopping) {
      return InstanceState.STOPPING;
    }
    if (child == null) {
      return InstanceState.STARTING;
    }
    return switch (child) {
      case EXITED -> InstanceState.RESTARTING;
      case DRAINING -> InstanceState.DRAINING;
      case STOPPING -> InstanceState.RESTORING;
      case RUNNING -> whileRunning(readiness, now);
    };
  }

  /** A release on probation has a budget of its own, and so has the one that replaces it. */
  private InstanceState whileRunning(ServiceReadiness readiness, long now) {
    if (onProbation || restoring) {
      return onProbation ? InstanceState.PROBATION : InstanceState.RESTORING;
    }
    if (!readiness.overdueBecause(now).isEmpty()) {
      return InstanceState.FAILED;
    }
    if (readiness.unreadyBecause(now).isEmpty()) {
      return InstanceState.READY;
    }
    return readiness.wasReady(now) ? InstanceState.UNREADY : InstanceState.STARTING;
  }

  /** The reason to send the service no requests, in one line; empty if it is ready. */
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

  /** The reason to replace the container, in one line; empty if there is none. */
  String deadBecause(ServiceReadiness readiness, long now) {
    return state(readiness, now) == InstanceState.FAILED ? readiness.overdueBecause(now) : "";
  }
}
