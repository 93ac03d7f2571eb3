package dev.fastdeploy.benchmarks.load;

/**
 * One request of a load that arrives at fixed times.
 *
 * @param dueNanos when it was due, by {@link System#nanoTime}; it may have been sent later
 * @param endNanos when its fate was known
 * @param reply what came of it
 */
public record Shot(long dueNanos, long endNanos, Reply reply) {

  /** From when it was due, so that a generator or service that falls behind hides nothing. */
  public long latencyNanos() {
    return endNanos - dueNanos;
  }
}
