package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.fastdeploy.Pace;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that is found out about a scenario.
 *
 * @param scenario what was simulated
 * @param ecs the rolling update
 * @param fastdeploy the deploy by fastdeploy
 * @param paced deploys by fastdeploy at other paces
 * @param contributions of each part of the delay that is not switched off already
 * @param attempts to make the rolling update faster; the first is none
 * @param assumptions and others in their place; the first is as assumed
 * @param sizes from 100 to 10,000 tasks
 */
public record Study(
    Scenario scenario,
    Rollout ecs,
    Rollout fastdeploy,
    List<Paced> paced,
    List<Contribution> contributions,
    List<Variant> attempts,
    List<Variant> assumptions,
    List<Size> sizes) {

  private static final List<Integer> SIZES = List.of(100, 300, 1000, 4000, 10_000);

  /** Copies the lists. */
  public Study {
    paced = List.copyOf(paced);
    contributions = List.copyOf(contributions);
    attempts = List.copyOf(attempts);
    assumptions = List.copyOf(assumptions);
    sizes = List.copyOf(sizes);
  }

  /**
   * Simulates a scenario and what is to be compared with it. Takes seconds.
   *
   * @throws IllegalArgumentException if the parameters contradict each other
   */
  public static Study of(Scenario scenario) {
    return of(scenario, SIZES);
  }

  static Study of(Scenario scenario, List<Integer> sizes) {
    return new Study(
        scenario,
        scenario.rollingUpdate(scenario.ecs()),
        scenario.fleetDeploy(scenario.fastdeploy()),
        Paced.of(scenario),
        contributions(scenario),
        Attempts.of(scenario),
        Assumptions.of(scenario),
        sizes.stream().map(tasks -> size(scenario.withTasks(tasks))).toList());
  }

  private static List<Contribution> contributions(Scenario scenario) {
    return Arrays.stream(Term.values())
        .filter(term -> !scenario.without().contains(term))
        .map(term -> contribution(scenario, term))
        .toList();
  }

  private static Contribution contribution(Scenario scenario, Term term) {
    return new Contribution(
        term,
        scenario.rollingUpdate(scenario.ecs().without(term)).summary(),
        scenario.fleetDeploy(scenario.fastdeploy().without(term)).summary());
  }

  private static Size size(Scenario scenario) {
    return new Size(
        scenario.tasks(),
        scenario.rollingUpdate(scenario.ecs()).summary(),
        deployed(scenario, Pace.ALL_AT_ONCE),
        deployed(scenario, Pace.RECOMMENDED));
  }

  private static Summary deployed(Scenario scenario, Pace pace) {
    return scenario.fleetDeploy(scenario.fastdeploy().withPace(pace)).summary();
  }
}
