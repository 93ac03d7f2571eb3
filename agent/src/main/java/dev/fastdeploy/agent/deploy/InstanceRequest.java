package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to change the releases that an instance runs or has. An empty strategy means
 * the instance's default.
 */
public sealed interface InstanceRequest {

  /** Returns the id, which the client chooses and by which it asks for the outcome. */
  DeployId id();

  /** Returns the client's time as UTC milliseconds; 0 if nothing is activated. */
  long sequence();

  /** Returns the commit to deploy; null if the instance finds it, as for a rollback. */
  @Nullable Commit commit();

  /** Returns what the client knows about the release. */
  ExpectedRelease expected();

  /** Returns the deploy of a fleet that it belongs to. */
  FleetEpoch fleet();

  /**
   * Returns true if it asks for what a deploy with its id deploys.
   *
   * @param recorded the commit of that deploy
   * @param rollback true if that deploy is a rollback
   */
  default boolean asksFor(Commit recorded, boolean rollback) {
    Commit wanted = commit();
    return wanted == null ? rollback : wanted.equals(recorded);
  }

  /**
   * A request to stage a release, activate it and reload the service.
   *
   * @param sequence the client's time as UTC milliseconds, greater than any before
   * @param force true to deploy even a commit that did not come up before
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

    /** Creates a request for any content and any instance. */
    public Deploy(DeployId id, long sequence, Commit commit, String strategy, boolean force) {
      this(id, sequence, commit, ExpectedRelease.ANY, FleetEpoch.NONE, strategy, force);
    }
  }

  /** A request to lay out a release beside the running one. */
  record Stage(DeployId id, Commit commit, ExpectedRelease expected, FleetEpoch fleet)
      implements InstanceRequest {

    /** Creates a request for any content and any instance. */
    public Stage(DeployId id, Commit commit) {
      this(id, commit, ExpectedRelease.ANY, FleetEpoch.NONE);
    }

    @Override
    public long sequence() {
      return 0;
    }
  }

  /** A request to deploy a release that is staged already. */
  record Activate(
      DeployId id,
      long sequence,
      Commit commit,
      ExpectedRelease expected,
      FleetEpoch fleet,
      String strategy,
      boolean force)
      implements InstanceRequest {

    /** Creates a request for any content and any instance. */
    public Activate(DeployId id, long sequence, Commit commit, String strategy, boolean force) {
      this(id, sequence, commit, ExpectedRelease.ANY, FleetEpoch.NONE, strategy, force);
    }
  }

  /** A request to return to the proven release before the running one. */
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
