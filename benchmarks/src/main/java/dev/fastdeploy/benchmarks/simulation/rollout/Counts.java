package dev.fastdeploy.benchmarks.simulation.rollout;

/**
 * The number of instances in each state at a moment.
 *
 * @param oldRunning run the old commit and take work
 * @param oldDraining run the old commit, to end
 * @param newStarting have been begun to run the new commit, and take no work yet
 * @param newRunning run the new commit and take work
 */
public record Counts(int oldRunning, int oldDraining, int newStarting, int newRunning) {

  /** Returns how many take work. */
  public int serving() {
    return oldRunning + newRunning;
  }
}
