package dev.fastdeploy.benchmarks.load;

/**
 * An answer that was waited for.
 *
 * @param nanos when it was complete, by {@link System#nanoTime}
 * @param pid of the process that answered; 0 if it did not say
 */
public record Seen(long nanos, long pid) {}
