package dev.fastdeploy.benchmarks.service;

/**
 * Two releases of one service that differ in one thing. Benchmarks go from the first to the second,
 * and in a series back and forth.
 *
 * @param first what a service starts with
 * @param second what it is given
 */
public record ReleasePair(BuiltRelease first, BuiltRelease second) {

  /** The other one of the two. */
  public BuiltRelease other(BuiltRelease one) {
    return one.equals(first) ? second : first;
  }
}
