package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * A request of a client to change what an instance runs or has. An empty strategy means the
 * instance's default.
 */
public sealed interface InstanceRequest {

  /** Chosen by the client; the outcome is asked for by it. */
  DeployId id();

  /** UTC milliseconds of the client; 0 where nothing is activated. */
  long sequence();

  /** Returns the commit to deploy; null if the instance finds it, as for a rollback. */
  @Nullable Commit commit();

  /** What the client knows of the release. */
  ExpectedRelease expected();

  /** Which deploy of a fleet it belongs to. */
  FleetEpoch fleet();

  /**
   * Returns whether it asks for what a deploy of its id deploys.
   *
   * @param recorded the commit of that deploy
   * @param rollback whether that deploy is a rollback
   */
  default boolean asksFor(Commit recorded, boolean rollback) {
    Commit wanted = commit();
    return wanted == null ? rollback : wanted.equals(recorded);
  }

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
      FleetEpoch fleet,
      String strategy,
      boolean force)
      implements InstanceRequest {

    /** Of whatever content, for whichever instance. */
    public Deploy(DeployId id, long sequence, Commit commit, String strategy, boolean force) {
      this(id, sequence, commit, ExpectedRelease.ANY, FleetEpoch.NONE, strategy, force);
    }
  }

  /** Lays out a release beside the running one. */
  record Stage(DeployId id, Commit commit, ExpectedRelease expected, FleetEpoch fleet)
      implements InstanceRequest {

    /** Of whatever content, for whichever instance. */
    public Stage(DeployId id, Commit commit) {
      this(id, commit, ExpectedRelease.ANY, FleetEpoch.NONE);
    }

    @Override
    public long sequence() {
      return 0;
    }
  }

  /** A deploy of a release that is staged already. */
  record Activate(
      DeployId id,
      long sequence,
      Commit commit,
      ExpectedRelease expected,
      FleetEpoch fleet,
      String strategy,
      boolean force)
      implements InstanceRequest {

    /** Of whatever content, for whichever instance. */
    public Activate(DeployId id, long sequence, Commit commit, String strategy, boolean force) {
      this(id, sequence, commit, ExpectedRelease.ANY, FleetEpoch.NONE, strategy, force);
    }
  }

  /** Returns to the proven release before the running one. */
  record Rollback(DeployId id, long sequence, String strategy) implements InstanceRequest {

    @Override
    public @Nullable Commit commit() {
      return null;
    }

    @Override
    public ExpectedRelease expected() {
      return ExpectedRelease.ANY;
    }

    @Override
    public FleetEpoch fleet() {
      return FleetEpoch.NONE;
    }
  }
}
