package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.rollout.Summary;

/**
 * A simulation with other parameters.
 *
 * @param name what is different
 * @param remark what it costs or why it is looked at
 * @param ecs the rolling update
 * @param fastdeploy the deploy
 */
public record Variant(String name, String remark, Summary ecs, Summary fastdeploy) {}
