package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * An event with its deploy and time.
 *
 * @param commit the commit that is deployed; null for a refused rollback
 * @param timeMillis the instance's time, UTC milliseconds
 */
public record DeployNotice(
    DeployId id, @Nullable Commit commit, long timeMillis, DeployEvent event) {}
