package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in, with everything decided.
 *
 * @param sequence 0 if the release is only staged
 * @param stages whether the release must be in the home or brought there first, and that be told
 * @param strategy nothing if the release is only staged
 * @param rollback whether an operator goes back
 */
record Plan(
    DeployId id,
    long sequence,
    Commit commit,
    boolean stages,
    @Nullable ReloadStrategy strategy,
    boolean rollback) {

  String strategyName() {
    return strategy == null ? "" : strategy.name();
  }
}
