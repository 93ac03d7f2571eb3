package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * An admitted request, with everything decided that can be before the release is there.
 *
 * @param sequence 0 if the release is only staged
 * @param stages true if the release is first brought into the home unless it is there, and that is
 *     reported
 * @param candidates null if the release is only staged
 * @param rollback true if an operator goes back
 */
record Plan(
    DeployId id,
    long sequence,
    Commit commit,
    ExpectedRelease expected,
    boolean stages,
    @Nullable Candidates candidates,
    boolean rollback) {

  boolean stagesOnly() {
    return candidates == null;
  }

  /**
   * Returns the strategy that was asked for, or the name that leaves the choice for later; empty if
   * the release is only staged.
   */
  String strategyName() {
    return candidates == null ? "" : candidates.asked();
  }
}
