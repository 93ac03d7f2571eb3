package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.contract.DeployId;

/**
 * How a deploy ended on the fleet.
 *
 * @param operation what was asked for
 * @param deploy the deploy
 * @param commit what was deployed; empty where that differs by instance or is not known
 * @param proven instances on which it was proven
 * @param failed instances on which it ended in any other way
 * @param untouched instances that were not asked, because one before them failed
 * @param exitCode of the command: 0 for all, 1 if nothing was reached, 2 if some failed
 */
public record FleetSummary(
    DeployOrder.Operation operation,
    DeployId deploy,
    String commit,
    int proven,
    int failed,
    int untouched,
    int exitCode) {}
