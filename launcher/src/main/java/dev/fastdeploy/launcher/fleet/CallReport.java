package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;

/**
 * A report about one call to an instance, for a {@link TargetsDeploy}. One about a call that is
 * over is ignored, so that a late report cannot end a later call.
 */
sealed interface CallReport {

  /** Returns the instance that it comes from. */
  Target target();

  /** Returns the call that it belongs to. */
  long call();

  /** The connection for a call is up, so the instance may receive the request. */
  record Connected(Target target, long call) implements CallReport {}

  /** An event on the stream. */
  record Said(Target target, long call, DeployEvent event) implements CallReport {}

  /** The stream has ended. */
  record StreamEnded(Target target, long call, CallFailure failure) implements CallReport {}

  /** The answer to a request for the outcome. */
  record Answered(Target target, long call, Outcome outcome) implements CallReport {}

  /** The answer to a request for the status. */
  record Described(Target target, long call, InstanceStatus status) implements CallReport {}

  /** A request that got no answer. */
  record AskFailed(Target target, long call, CallFailure failure) implements CallReport {}
}
