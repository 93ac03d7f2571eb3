package dev.fastdeploy.benchmarks.simulation.ecs;

import java.time.Duration;

/** The reaction of the service scheduler to a task for which no container instance has room. */
public sealed interface Placement {

  /** Any number of tasks may wait for room. */
  Placement ALWAYS = new Provisioning(1_000_000_000);

  /** In words. */
  String text();

  /**
   * Tries again at every look; after having found no room for a while, it pauses. So did services
   * without a capacity provider.
   *
   * @param after how long it finds no room before it pauses
   * @param pause how long it starts nothing
   */
  record Pause(Duration after, Duration pause) implements Placement {

    @Override
    public String text() {
      return "after "
          + after.toSeconds()
          + " s without room a pause of "
          + pause.toSeconds()
          + " s";
    }
  }

  /**
   * Launches it all the same; it waits in PROVISIONING until there is room. So do services with a
   * capacity provider.
   *
   * @param most how many may wait per cluster, at least 1
   */
  record Provisioning(int most) implements Placement {

    /**
     * @throws IllegalArgumentException if none may wait
     */
    public Provisioning {
      if (most < 1) {
        throw new IllegalArgumentException(most + " tasks in PROVISIONING is not positive");
      }
    }

    @Override
    public String text() {
      return "at most " + most + " in PROVISIONING";
    }
  }
}
