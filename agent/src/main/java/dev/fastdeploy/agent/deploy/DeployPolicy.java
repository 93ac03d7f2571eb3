package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed for deploys while the process lives.
 *
 * @param running the commit that the process was started from; unknown without a launcher
 * @param readinessKnown whether it can be told that a new release is ready
 * @param keep how many old releases stay in the home
 */
public record DeployPolicy(@Nullable Commit running, boolean readinessKnown, int keep) {}
