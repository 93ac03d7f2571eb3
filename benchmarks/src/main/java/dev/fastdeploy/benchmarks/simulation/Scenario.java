package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.ecs.EcsParameters;
import dev.fastdeploy.benchmarks.simulation.ecs.RollingUpdate;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.FastdeployParameters;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.SimulatedDeploy;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.util.Set;

/**
 * The scenario, which is simulated both ways.
 *
 * @param profile the source of the parameters
 * @param tasks the number of tasks of the service
 * @param restartTimes of its application
 * @param without parts of the delay that are switched off
 * @param seed the same seed gives the same result
 */
public record Scenario(
    Profile profile, int tasks, RestartTimes restartTimes, Set<Term> without, long seed) {

  /** The smallest service that has room for another task in every profile. */
  public static final int FEWEST_TASKS = 10;

  /** The largest fleet that one command is made for. */
  public static final int MOST_TASKS = 20_000;

  /**
   * @throws IllegalArgumentException if the service is too small or too large
   */
  public Scenario {
    without = Set.copyOf(without);
    if (tasks < FEWEST_TASKS || tasks > MOST_TASKS) {
      throw new IllegalArgumentException(
          "a service of "
              + tasks
              + " tasks cannot be simulated; choose from "
              + FEWEST_TASKS
              + " to "
              + MOST_TASKS);
    }
  }

  /** The same with a service of another size. */
  public Scenario withTasks(int other) {
    return new Scenario(profile, other, restartTimes, without, seed);
  }

  /** The parameters of the rolling update. */
  public EcsParameters ecs() {
    EcsParameters parameters = profile.ecs(tasks, restartTimes);
    for (Term term : without) {
      parameters = parameters.without(term);
    }
    return parameters;
  }

  /** The parameters of the deploy by fastdeploy. */
  public FastdeployParameters fastdeploy() {
    FastdeployParameters parameters = profile.fastdeploy(tasks, restartTimes);
    for (Term term : without) {
      parameters = parameters.without(term);
    }
    return parameters;
  }

  /** A rolling update with such parameters. */
  Rollout rollingUpdate(EcsParameters parameters) {
    return RollingUpdate.simulate(parameters, seed);
  }

  /** A deploy with such parameters. */
  Rollout fleetDeploy(FastdeployParameters parameters) {
    return SimulatedDeploy.simulate(parameters, seed);
  }
}
