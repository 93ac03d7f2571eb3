package dev.fastdeploy.benchmarks.simulation;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.simulation.ecs.Capacity;
import dev.fastdeploy.benchmarks.simulation.ecs.EcsParameters;
import dev.fastdeploy.benchmarks.simulation.ecs.RollingUpdate;
import dev.fastdeploy.benchmarks.simulation.fastdeploy.SimulatedDeploy;
import dev.fastdeploy.benchmarks.simulation.json.RestartTimesFile;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulation against what the original reported of its 4,000 containers. */
class CalibrationTest {

  private static final Path RESTART_TIMES = Path.of("../docs/benchmarks/restart-times.json");

  private static final EcsParameters ORIGINAL =
      Profile.ORIGINAL.ecs(Profile.ORIGINAL_TASKS, RestartTimes.PRELIMINARY);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOriginalsRollingUpdateTakesMoreThanThirtyMinutes(long seed) {
    assertThat(RollingUpdate.simulate(ORIGINAL, seed).untilEnd()).isGreaterThan(ofMinutes(30));
    assertThat(ORIGINAL.tasks() / ORIGINAL.api().tasksPerCall()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 25, 33})
  void thatDoesNotHangOnTheExactSpareRoom(int sparePercent) {
    EcsParameters changed = ORIGINAL.change().capacity(new Capacity(sparePercent, 20)).build();

    assertThat(RollingUpdate.simulate(changed, 1).untilEnd()).isGreaterThan(ofMinutes(30));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOriginalsFastDeployTakesAMinuteAndAHalfForMostAndHasATail(long seed) throws IOException {
    Rollout rollout =
        SimulatedDeploy.simulate(
            Profile.ORIGINAL.fastdeploy(
                Profile.ORIGINAL_TASKS, RestartTimesFile.read(RESTART_TIMES)),
            seed);

    assertThat(rollout.until(90)).isBetween(ofSeconds(70), ofSeconds(110));
    assertThat(rollout.untilOldGone()).isGreaterThan(rollout.until(90).multipliedBy(2));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void switchingAPartOffDoesNotMakeTheProfilesSlower(Profile profile) {
    EcsParameters parameters = profile.ecs(Profile.ORIGINAL_TASKS, RestartTimes.PRELIMINARY);
    Duration with = RollingUpdate.simulate(parameters, 1).untilEnd();

    for (Term term : Term.values()) {
      assertThat(RollingUpdate.simulate(parameters.without(term), 1).untilEnd())
          .as("without %s", term)
          .isLessThanOrEqualTo(with);
    }
  }
}
