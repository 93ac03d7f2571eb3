package dev.fastdeploy.benchmarks.simulation.event;

/** Counts what a rate limit allows. First come, first served. Not thread-safe. */
public interface Limiter {

  /**
   * Takes tokens.
   *
   * @param now milliseconds
   * @param tokens how many, taken together
   * @return when they are there, in milliseconds; not before now, nor before what was taken earlier
   */
  long take(long now, int tokens);
}
