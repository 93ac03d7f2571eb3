package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;

/**
 * What a part of the delay contributes. Contributions do not add up: parts overlap.
 *
 * @param term the part
 * @param ecs the rolling update without it
 * @param fastdeploy the deploy without it
 */
public record Contribution(Term term, Summary ecs, Summary fastdeploy) {}
