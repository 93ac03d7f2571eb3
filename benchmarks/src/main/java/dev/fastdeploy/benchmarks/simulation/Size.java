package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.rollout.Summary;

/**
 * A service of some size, both ways.
 *
 * @param tasks how many it has
 * @param ecs the rolling update
 * @param allAtOnce fastdeploy on all instances at once
 * @param tenth fastdeploy on a tenth of them at a time
 */
public record Size(int tasks, Summary ecs, Summary allAtOnce, Summary tenth) {}
