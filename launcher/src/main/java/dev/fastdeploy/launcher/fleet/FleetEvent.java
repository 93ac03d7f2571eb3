package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.DeployId;
import java.util.List;

/** What happens while a fleet is deployed to, in order for each instance. */
public sealed interface FleetEvent {

  /** An event of one instance. */
  sealed interface OfInstance extends FleetEvent {

    /** Where and when. */
    At at();
  }

  /**
   * Where and when.
   *
   * @param target the instance
   * @param deploy the deploy
   * @param commit what it is to run; empty while that is not known
   * @param timeMillis UTC milliseconds, of the instance where it told the event
   */
  record At(Target target, DeployId deploy, String commit, long timeMillis) {}

  /** The instance is being asked. */
  record Begun(At at) implements OfInstance {}

  /** The instance took the deploy. */
  record Accepted(At at, String running, String strategy) implements OfInstance {}

  /** The instance fetches the release, in bytes of the archive. */
  record Staging(At at, long bytesDone, long bytesTotal) implements OfInstance {}

  /**
   * The release lies in the home.
   *
   * @param sha256 of the archive that it came in; empty if that is not known
   */
  record Staged(At at, boolean alreadyThere, String sha256) implements OfInstance {}

  /**
   * The service no longer says that it is ready and serves what still comes, until a time in UTC
   * milliseconds of the instance.
   */
  record PreDraining(At at, long untilMillis) implements OfInstance {}

  /** The release is current. */
  record Activated(At at, String from) implements OfInstance {}

  /** The service ends its work, until a deadline in UTC milliseconds of the instance. */
  record Draining(At at, long deadlineMillis) implements OfInstance {}

  /**
   * A strategy was chosen, once the release was there.
   *
   * @param because why not an earlier one; empty if it was the first
   */
  record Chosen(At at, String strategy, String because) implements OfInstance {}

  /** Something that a person should know and that ends nothing. */
  record Noted(At at, String line) implements OfInstance {}

  /** What became of the class loaders of earlier releases. */
  record Loaders(At at, OldLoaders loaders) implements OfInstance {}

  /** The service is about to be started again. */
  record Reloading(At at, String strategy) implements OfInstance {}

  /**
   * The connection was lost, as it is when the service ends; the instance is asked again.
   *
   * @param processReplaced whether the instance had said that it would end
   */
  record Reconnecting(At at, String reason, boolean processReplaced) implements OfInstance {}

  /** The instance answers, and has not yet made up its mind about the release. */
  record OnProbation(At at) implements OfInstance {}

  /** The deploy has ended on the instance. */
  record Ended(At at, InstanceOutcome outcome) implements OfInstance {}

  /**
   * The client gives up waiting because it was told to; the instances go on by themselves.
   *
   * @param done ended, with any outcome
   * @param underWay begun, outcome unknown
   * @param untouched never asked
   */
  record Interrupted(
      DeployId deploy, List<Target> done, List<Target> underWay, List<Target> untouched)
      implements FleetEvent {}

  /** The last event. */
  record Finished(FleetSummary summary) implements FleetEvent {}
}
