package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Release;

/**
 * A requested reload.
 *
 * @param id the deploy that requests it
 * @param from the release that runs
 * @param to the release to run; it is already current
 * @param progress receives the progress of the reload
 */
public record ReloadRequest(DeployId id, Release from, Release to, ReloadProgress progress) {}
