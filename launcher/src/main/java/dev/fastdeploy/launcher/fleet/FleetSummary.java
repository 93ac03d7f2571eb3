package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.DeployId;

/**
 * The end of a deploy to a fleet.
 *
 * @param operation the operation that was asked for
 * @param deploy the deploy
 * @param commit the deployed commit; empty if it differs between instances or is not known
 * @param proven instances on which it was proven
 * @param failed instances on which it ended in any other way
 * @param untouched instances that were not asked because an earlier one failed
 * @param exitCode the command's exit code: 0 if all are proven, 1 if none was reached, 2 if some
 *     failed
 */
public record FleetSummary(
    DeployOrder.Operation operation,
    DeployId deploy,
    String commit,
    int proven,
    int failed,
    int untouched,
    int exitCode) {}
