package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.EnvironmentName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed for deploys while the process lives.
 *
 * @param readinessKnown whether it can be told that a new release is ready
 * @param keep how many old releases stay in the home
 * @param probation how long a release that is reloaded in place has to prove itself
 * @param withoutLauncher whether deploys are taken in a process that no launcher started
 * @param app the application that the store is for; empty if none is configured
 * @param environment that the instance belongs to; null if none is configured
 * @param preDrain how long the service goes on serving, unready, before its work is ended
 */
public record DeployPolicy(
    boolean readinessKnown,
    int keep,
    ProbationTimes probation,
    boolean withoutLauncher,
    String app,
    @Nullable EnvironmentName environment,
    Duration preDrain) {}
