package dev.fastdeploy.benchmarks.simulation.rollout;

/**
 * The state from a time on.
 *
 * @param millis since the deploy began
 * @param counts until the next moment
 */
public record Moment(long millis, Counts counts) {}
