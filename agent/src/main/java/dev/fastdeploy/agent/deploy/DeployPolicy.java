package dev.fastdeploy.agent.deploy;

/**
 * What is fixed for deploys while the process lives.
 *
 * @param readinessKnown whether it can be told that a new release is ready
 * @param keep how many old releases stay in the home
 * @param probation how long a release that is reloaded in place has to prove itself
 * @param withoutLauncher whether deploys are taken in a process that no launcher started
 */
public record DeployPolicy(
    boolean readinessKnown, int keep, ProbationTimes probation, boolean withoutLauncher) {}
