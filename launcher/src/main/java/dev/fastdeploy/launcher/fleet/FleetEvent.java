package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.DeployId;
import java.util.List;

/** An event of a deploy to a fleet. The events of one instance come in order. */
public sealed interface FleetEvent {

  /** An event of one instance. */
  sealed interface OfInstance extends FleetEvent {

    /** Returns where and when it happened. */
    At at();
  }

  /**
   * The place and time of an event.
   *
   * @param target the instance
   * @param deploy the deploy
   * @param commit the commit that it is to run; empty while that is not known
   * @param timeMillis UTC milliseconds, by the instance's clock if it reported the event
   */
  record At(Target target, DeployId deploy, String commit, long timeMillis) {}

  /** The instance is being asked. */
  record Begun(At at) implements OfInstance {}

  /** The instance took the deploy. */
  record Accepted(At at, String running, String strategy) implements OfInstance {}

  /** The instance is fetching the release; progress is in bytes of the archive. */
  record Staging(At at, long bytesDone, long bytesTotal) implements OfInstance {}

  /**
   * The release is in the home.
   *
   * @param sha256 digest of the archive that it came from; empty if not known
   */
  record Staged(At at, boolean alreadyThere, String sha256) implements OfInstance {}

  /**
   * The service no longer says that it is ready but still serves, until a time in UTC milliseconds
   * by the instance's clock.
   */
  record PreDraining(At at, long untilMillis) implements OfInstance {}

  /** The release is current. */
  record Activated(At at, String from) implements OfInstance {}

  /**
   * The service is finishing its work, until a deadline in UTC milliseconds by the instance's
   * clock.
   */
  record Draining(At at, long deadlineMillis) implements OfInstance {}

  /**
   * A strategy was chosen, after the release had been staged.
   *
   * @param because why an earlier one was not chosen; empty if it was the first
   */
  record Chosen(At at, String strategy, String because) implements OfInstance {}

  /** Something that a person should know and that does not end the deploy. */
  record Noted(At at, String line) implements OfInstance {}

  /** The state of the class loaders of earlier releases. */
  record Loaders(At at, OldLoadersView loaders) implements OfInstance {}

  /** The service is about to be started again. */
  record Reloading(At at, String strategy) implements OfInstance {}

  /**
   * The connection was lost, as happens when the service ends. The instance is asked again.
   *
   * @param processReplaced whether the instance had said that it would end
   */
  record Reconnecting(At at, String reason, boolean processReplaced) implements OfInstance {}

  /** The instance answers, and the release is still on probation. */
  record OnProbation(At at) implements OfInstance {}

  /** The deploy has ended on the instance. */
  record Ended(At at, InstanceOutcome outcome) implements OfInstance {}

  /**
   * The client was told to stop waiting; the instances go on by themselves.
   *
   * @param done instances that ended, with any outcome
   * @param underWay instances that started and whose outcome is unknown
   * @param untouched instances that were never asked
   */
  record Interrupted(
      DeployId deploy, List<Target> done, List<Target> underWay, List<Target> untouched)
      implements FleetEvent {}

  /** The last event. */
  record Finished(FleetSummary summary) implements FleetEvent {}
}
