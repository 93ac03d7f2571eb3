package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;

/**
 * The contribution of a part of the delay. Contributions do not add up, because parts overlap.
 *
 * @param term the part
 * @param ecs the rolling update without it
 * @param fastdeploy the deploy without it
 */
public record Contribution(Term term, Summary ecs, Summary fastdeploy) {}
