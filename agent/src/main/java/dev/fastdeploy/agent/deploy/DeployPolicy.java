package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.EnvironmentName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules for deploys, which are fixed while the process lives.
 *
 * @param readinessKnown true if the readiness of a new release can be determined
 * @param keep number of old releases that stay in the home
 * @param probation the times in which a release that is reloaded in place must prove itself
 * @param withoutLauncher true if deploys are accepted in a process that no launcher started
 * @param app the application that the store is for; empty if none is configured
 * @param environment the environment that the instance belongs to; null if none is configured
 * @param preDrain the time for which the service continues to serve, unready, before its work is
 *     ended
 */
public record DeployPolicy(
    boolean readinessKnown,
    int keep,
    ProbationTimes probation,
    boolean withoutLauncher,
    String app,
    @Nullable EnvironmentName environment,
    Duration preDrain) {}
