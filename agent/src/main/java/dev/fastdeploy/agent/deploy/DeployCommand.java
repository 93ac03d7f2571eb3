package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;

/** What a client may ask of an instance. An empty strategy means the instance's default. */
public sealed interface DeployCommand {

  /** Chosen by the client; the outcome is asked for by it. */
  DeployId id();

  /**
   * Stages a release, activates it and reloads the service.
   *
   * @param sequence UTC milliseconds of the client, greater than any before
   * @param force also a commit that did not come up before
   */
  record Deploy(DeployId id, long sequence, Commit commit, String strategy, boolean force)
      implements DeployCommand {}

  /** Lays out a release beside the running one. */
  record Stage(DeployId id, Commit commit) implements DeployCommand {}

  /** A deploy of a release that is staged already. */
  record Activate(DeployId id, long sequence, Commit commit, String strategy, boolean force)
      implements DeployCommand {}

  /** Returns to the proven release before the running one. */
  record Rollback(DeployId id, long sequence, String strategy) implements DeployCommand {}
}
