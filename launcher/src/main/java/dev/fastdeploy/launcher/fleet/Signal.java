package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;

/**
 * What the world says to a {@link FleetDeploy}. Each answers one call: a signal of a call that is
 * over is passed over, so that a late one cannot end what was begun after it.
 */
sealed interface Signal {

  /** Whose signal it is. */
  Target target();

  /** The call that it answers, or that it belongs to. */
  long call();

  /** The connection that was made for a call is up: the instance may get what it is asked. */
  record Connected(Target target, long call) implements Signal {}

  /** An event on the stream. */
  record Said(Target target, long call, DeployEvent event) implements Signal {}

  /** The stream is over. */
  record StreamEnded(Target target, long call, CallFailure failure) implements Signal {}

  /** The answer to the question for the outcome. */
  record Answered(Target target, long call, Outcome outcome) implements Signal {}

  /** The answer to the question for the status. */
  record Described(Target target, long call, InstanceStatus status) implements Signal {}

  /** A question has no answer. */
  record AskFailed(Target target, long call, CallFailure failure) implements Signal {}
}
