package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;

/**
 * A reload that is asked for.
 *
 * @param id the deploy that asks
 * @param commit what is to run; it is current already
 * @param progress is told how far the reload got
 */
public record ReloadRequest(DeployId id, Commit commit, ReloadProgress progress) {}
