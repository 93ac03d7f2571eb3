package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.rollout.Summary;

/**
 * A service of some size, both ways.
 *
 * @param tasks how many it has
 * @param ecs the rolling update
 * @param allAtOnce fastdeploy on all instances at once
 * @param recommended fastdeploy at the pace that users are told to begin with
 */
public record Size(int tasks, Summary ecs, Summary allAtOnce, Summary recommended) {}
