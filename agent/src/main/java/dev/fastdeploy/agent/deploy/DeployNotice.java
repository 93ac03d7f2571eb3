package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import org.jspecify.annotations.Nullable;

/**
 * An event with its deploy and time.
 *
 * @param commit what is deployed; unknown for a refused rollback
 * @param timeMillis UTC milliseconds of the instance
 */
public record DeployNotice(
    DeployId id, @Nullable Commit commit, long timeMillis, DeployEvent event) {}
