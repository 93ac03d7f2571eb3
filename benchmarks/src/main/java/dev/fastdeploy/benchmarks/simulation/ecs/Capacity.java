package dev.fastdeploy.benchmarks.simulation.ecs;

/**
 * The container instances of the cluster.
 *
 * @param sparePercent room beyond the desired count, in percent of it; 0 to 100
 * @param tasksPerInstance how many tasks a container instance has room for, at least 1
 */
public record Capacity(int sparePercent, int tasksPerInstance) {

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public Capacity {
    if (sparePercent < 0 || sparePercent > 100) {
      throw new IllegalArgumentException(sparePercent + " % spare room is not from 0 to 100");
    }
    if (tasksPerInstance < 1) {
      throw new IllegalArgumentException(tasksPerInstance + " tasks an instance is not positive");
    }
  }

  /** Returns how many tasks the cluster has room for, rounded down. */
  int places(int desired) {
    return (int) ((long) desired * (100 + sparePercent) / 100);
  }
}
