package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Release;

/**
 * A reload that is asked for.
 *
 * @param id the deploy that asks
 * @param from what runs
 * @param to what is to run; it is current already
 * @param progress is told how far the reload got
 */
public record ReloadRequest(DeployId id, Release from, Release to, ReloadProgress progress) {}
