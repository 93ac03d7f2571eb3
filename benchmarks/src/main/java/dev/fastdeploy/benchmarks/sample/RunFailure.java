package dev.fastdeploy.benchmarks.sample;

/**
 * A run of the suite that did not come to its end.
 *
 * @param run which, in one line
 * @param reason in one line
 */
public record RunFailure(String run, String reason) {}
