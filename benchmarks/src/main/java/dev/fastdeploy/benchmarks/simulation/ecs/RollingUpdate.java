package dev.fastdeploy.benchmarks.simulation.ecs;

import dev.fastdeploy.benchmarks.simulation.event.Draws;
import dev.fastdeploy.benchmarks.simulation.event.EventQueue;
import dev.fastdeploy.benchmarks.simulation.rollout.Moment;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Tally;
import java.time.Duration;
import java.util.function.Consumer;

/** Simulates a rolling update. The same parameters and seed give the same rollout. */
public final class RollingUpdate {

  private static final Duration HORIZON = Duration.ofDays(60);

  private RollingUpdate() {}

  /** A rolling update of healthy tasks to a revision whose tasks become healthy. */
  public static Rollout simulate(EcsParameters parameters, long seed) {
    return simulate(parameters, seed, moment -> {});
  }

  /**
   * The same.
   *
   * @param observer is told every change
   */
  static Rollout simulate(EcsParameters parameters, long seed, Consumer<Moment> observer) {
    EventQueue events = new EventQueue();
    Tally tally = new Tally(parameters.tasks(), observer);
    new ServiceScheduler(events, parameters, new Draws(seed), tally).begin();
    events.run(HORIZON);
    return tally.rollout();
  }
}
