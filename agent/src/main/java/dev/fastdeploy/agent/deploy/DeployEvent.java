package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.contract.Commit;
import org.jspecify.annotations.Nullable;

/** What happens in a deploy, in the order of this file. {@link Ended} is the last of each. */
public sealed interface DeployEvent {

  /**
   * The request was checked and taken.
   *
   * @param running what runs while the deploy begins
   */
  record Accepted(@Nullable Commit running, String strategy) implements DeployEvent {}

  /** Bytes of the archive were fetched. */
  record Staging(long bytesDone, long bytesTotal) implements DeployEvent {}

  /**
   * The release lies in the home.
   *
   * @param alreadyThere whether it did before, so that nothing was fetched
   * @param sha256 of the archive that it came in; empty if that is not known
   */
  record Staged(boolean alreadyThere, String sha256) implements DeployEvent {}

  /**
   * A strategy was chosen among several, once the release was there.
   *
   * @param because why not an earlier one; empty if it was the first
   */
  record Chosen(String strategy, String because) implements DeployEvent {}

  /**
   * The service no longer says that it is ready, and serves what still comes.
   *
   * @param untilMillis until when, UTC milliseconds
   */
  record PreDraining(long untilMillis) implements DeployEvent {}

  /** The release is current. */
  record Activated(@Nullable Commit from) implements DeployEvent {}

  /**
   * The service ends its work.
   *
   * @param deadlineMillis when it is halted, UTC milliseconds
   */
  record Draining(long deadlineMillis) implements DeployEvent {}

  /**
   * What runs is about to be replaced.
   *
   * @param processEnds whether the process ends for it
   */
  record Reloading(String strategy, boolean processEnds) implements DeployEvent {}

  /** Something that a person should know and that ends nothing. At any time. */
  record Noted(String line) implements DeployEvent {}

  /** What became of the class loaders of earlier releases, after a reload in place. */
  record Loaders(OldLoaders loaders) implements DeployEvent {}

  /** The deploy is over, as far as this process can tell. */
  record Ended(DeployReport report) implements DeployEvent {}
}
