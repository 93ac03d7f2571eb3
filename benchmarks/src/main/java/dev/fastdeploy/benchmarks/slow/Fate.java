package dev.fastdeploy.benchmarks.slow;

/**
 * What became of one request, or of a connection without one.
 *
 * @param ending how it ended
 * @param beginNanos when it began, by {@link System#nanoTime}
 * @param endNanos when it ended
 * @param trouble what was seen instead of an answer; empty if there was one
 */
public record Fate(Ending ending, long beginNanos, long endNanos, String trouble) {}
