package dev.fastdeploy.benchmarks.simulation;

import dev.fastdeploy.benchmarks.simulation.fastdeploy.Pace;
import dev.fastdeploy.benchmarks.simulation.rollout.Summary;
import java.time.Duration;
import java.util.List;

/**
 * A deploy by fastdeploy at another pace.
 *
 * @param pace in which portions instances change
 * @param fastdeploy the deploy
 */
public record Paced(Pace pace, Summary fastdeploy) {

  private static final List<Pace> PACES =
      List.of(
          Pace.ALL_AT_ONCE,
          Pace.window("50%", "45%"),
          Pace.window("25%", "70%"),
          Pace.RECOMMENDED,
          Pace.window("5%", "90%"),
          Pace.window("1%", "95%"),
          Pace.RECOMMENDED.inWaves("1", Duration.ofSeconds(30), "5%", "25%", "100%"));

  static List<Paced> of(Scenario scenario) {
    return PACES.stream()
        .map(
            pace ->
                new Paced(
                    pace, scenario.fleetDeploy(scenario.fastdeploy().withPace(pace)).summary()))
        .toList();
  }
}
