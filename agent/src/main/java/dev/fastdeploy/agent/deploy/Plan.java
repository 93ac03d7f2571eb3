package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in, with everything decided that can be before the release is there.
 *
 * @param sequence 0 if the release is only staged
 * @param stages whether the release must be in the home or brought there first, and that be told
 * @param candidates nothing if the release is only staged
 * @param rollback whether an operator goes back
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

  /** What was asked for: a strategy's name, or that one is chosen later. */
  String strategyName() {
    return candidates == null ? "" : candidates.asked();
  }
}
