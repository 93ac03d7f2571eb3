package dev.fastdeploy.benchmarks.simulation.ecs;

/**
 * The deployment configuration of a service.
 *
 * @param minimumHealthyPercent of the desired count, rounded up; 0 to 100
 * @param maximumPercent of the desired count that may be RUNNING or PENDING, rounded down; 100 to
 *     200
 */
public record Deployment(int minimumHealthyPercent, int maximumPercent) {

  /**
   * @throws IllegalArgumentException if a percentage is out of range
   */
  public Deployment {
    if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100) {
      throw new IllegalArgumentException(
          "a minimum healthy percent of " + minimumHealthyPercent + " is not from 0 to 100");
    }
    if (maximumPercent < 100 || maximumPercent > 200) {
      throw new IllegalArgumentException(
          "a maximum percent of " + maximumPercent + " is not from 100 to 200");
    }
  }

  /** Returns how many must stay healthy. */
  int fewest(int desired) {
    return (int) ((long) desired * minimumHealthyPercent + 99) / 100;
  }

  /** Returns how many may be RUNNING or PENDING. */
  int most(int desired) {
    return (int) ((long) desired * maximumPercent / 100);
  }
}
