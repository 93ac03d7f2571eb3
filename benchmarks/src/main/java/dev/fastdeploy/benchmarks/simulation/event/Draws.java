package dev.fastdeploy.benchmarks.simulation.event;

/**
 * Random numbers that depend on the seed, on what is drawn and for whom, and on nothing else. A
 * change of one parameter leaves every other draw as it was, so that two simulations differ by that
 * parameter alone.
 *
 * @param seed the same seed gives the same numbers
 */
public record Draws(long seed) {

  private static final double UNIT = 0x1.0p-53;

  /** A number from 0, inclusive, to 1, exclusive. */
  public double of(Enum<?> what, int whom) {
    long bits = mixed(mixed(seed + what.name().hashCode()) + whom);
    return (bits >>> 11) * UNIT;
  }

  /** The finalizer of SplitMix64. */
  private static long mixed(long value) {
    long bits = value + 0x9e3779b97f4a7c15L;
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }
}
