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
  record Deploy(
      DeployId id,
      long sequence,
      Commit commit,
      ExpectedRelease expected,
      String strategy,
      boolean force)
      implements DeployCommand {

    /** Of whatever content. */
    public Deploy(DeployId id, long sequence, Commit commit, String strategy, boolean force) {
      this(id, sequence, commit, ExpectedRelease.ANY, strategy, force);
    }
  }

  /** Lays out a release beside the running one. */
  record Stage(DeployId id, Commit commit, ExpectedRelease expected) implements DeployCommand {

    /** Of whatever content. */
    public Stage(DeployId id, Commit commit) {
      this(id, commit, ExpectedRelease.ANY);
    }
  }

  /** A deploy of a release that is staged already. */
  record Activate(
      DeployId id,
      long sequence,
      Commit commit,
      ExpectedRelease expected,
      String strategy,
      boolean force)
      implements DeployCommand {

    /** Of whatever content. */
    public Activate(DeployId id, long sequence, Commit commit, String strategy, boolean force) {
      this(id, sequence, commit, ExpectedRelease.ANY, strategy, force);
    }
  }

  /** Returns to the proven release before the running one. */
  record Rollback(DeployId id, long sequence, String strategy) implements DeployCommand {}
}
