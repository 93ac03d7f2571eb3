package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;

/**
 * A message from outside to a {@link FleetDeploy}. Each belongs to one call: a signal for a call
 * that is over is ignored, so that a late one cannot end a later call.
 */
sealed interface Signal {

  /** Returns the instance that it comes from. */
  Target target();

  /** Returns the call that it belongs to. */
  long call();

  /** The connection for a call is up, so the instance may receive the request. */
  record Connected(Target target, long call) implements Signal {}

  /** An event on the stream. */
  record Said(Target target, long call, DeployEvent event) implements Signal {}

  /** The stream has ended. */
  record StreamEnded(Target target, long call, CallFailure failure) implements Signal {}

  /** The answer to a request for the outcome. */
  record Answered(Target target, long call, Outcome outcome) implements Signal {}

  /** The answer to a request for the status. */
  record Described(Target target, long call, InstanceStatus status) implements Signal {}

  /** A request that got no answer. */
  record AskFailed(Target target, long call, CallFailure failure) implements Signal {}
}
