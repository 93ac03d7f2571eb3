package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.contract.Commit;
import org.jspecify.annotations.Nullable;

/**
 * An event of a deploy. The events come in the order of this file; {@link Ended} is each deploy's
 * last.
 */
public sealed interface DeployEvent {

  /**
   * The request was checked and accepted.
   *
   * @param running the commit that runs while the deploy begins
   */
  record Accepted(@Nullable Commit running, String strategy) implements DeployEvent {}

  /** Bytes of the archive were fetched. */
  record Staging(long bytesDone, long bytesTotal) implements DeployEvent {}

  /**
   * The release is in the home.
   *
   * @param alreadyThere true if it was there before, so that nothing was fetched
   * @param sha256 digest of the archive that it came in; empty if not known
   */
  record Staged(boolean alreadyThere, String sha256) implements DeployEvent {}

  /**
   * A strategy was chosen from several, once the release was there.
   *
   * @param because the reasons against the earlier ones; empty if it was the first
   */
  record Chosen(String strategy, String because) implements DeployEvent {}

  /**
   * The service no longer says that it is ready, and serves the requests that still come.
   *
   * @param untilMillis the time at which this ends, UTC milliseconds
   */
  record PreDraining(long untilMillis) implements DeployEvent {}

  /** The release is current. */
  record Activated(@Nullable Commit from) implements DeployEvent {}

  /**
   * The service ends its work.
   *
   * @param deadlineMillis the time at which it is halted, UTC milliseconds
   */
  record Draining(long deadlineMillis) implements DeployEvent {}

  /**
   * The running code is about to be replaced.
   *
   * @param processEnds true if the process ends for it
   */
  record Reloading(String strategy, boolean processEnds) implements DeployEvent {}

  /** A remark that a person should see and that ends nothing. It may come at any time. */
  record Noted(String line) implements DeployEvent {}

  /** The class loaders of earlier releases were examined, after a reload in place. */
  record Loaders(OldLoaders loaders) implements DeployEvent {}

  /** The deploy is over, as far as this process can tell. */
  record Ended(DeployReport report) implements DeployEvent {}
}
