package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.RateLimit;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.Counts;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetDeployTest {

  private static final Duration ONE_TURN = ofSeconds(2 + 20 + 4);
  private static final Duration SOAK = ofSeconds(5);

  @Test
  void allAtOnceTakesAsLongAsOneInstance() {
    Rollout rollout = simulate(4000, MaxUnavailable.ALL);

    assertThat(rollout.until(1)).isEqualTo(ONE_TURN);
    assertThat(rollout.untilEnd()).isEqualTo(ONE_TURN);
    assertThat(rollout.fewestServing()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"50, 2", "25, 4", "10, 10", "1, 100", "3, 34"})
  void aPartAtATimeTakesATurnEachWithTheSoakBetween(int percent, int turns) {
    Rollout rollout = simulate(4000, new MaxUnavailable(percent));

    assertThat(rollout.until(100))
        .isEqualTo(ONE_TURN.multipliedBy(turns).plus(SOAK.multipliedBy(turns - 1)));
    assertThat(rollout.fewestServing()).isEqualTo(4000 - 4000 * percent / 100);
  }

  @Test
  void connectingIsBoundByTheDialRate() {
    Rollout rollout =
        FleetDeploy.simulate(
            new FastdeployParameters(
                4000,
                MaxUnavailable.ALL,
                new RateLimit.Bucket(1, 345),
                RateLimit.NONE,
                ofSeconds(20),
                SOAK,
                application()),
            1);

    assertThat(rollout.until(100)).isEqualTo(ONE_TURN.plusMillis((3999 * 1000L + 344) / 345));
  }

  @Test
  void theStoreAnswersTwoRequestsAnInstance() {
    Rollout rollout =
        FleetDeploy.simulate(
            new FastdeployParameters(
                4000,
                MaxUnavailable.ALL,
                RateLimit.NONE,
                new RateLimit.Bucket(2, 1000),
                ofSeconds(20),
                SOAK,
                application()),
            1);

    assertThat(rollout.until(100)).isEqualTo(ONE_TURN.plus(ofMillis(3999 * 2)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 33, 100})
  void eachInstanceIsInOneStateAndNeverMoreChangeThanAllowed(int percent) {
    FastdeployParameters parameters =
        Profile.TODAY
            .fastdeploy(500, RestartTimes.PRELIMINARY)
            .withMaxUnavailable(new MaxUnavailable(percent));
    int atATime = parameters.maxUnavailable().of(500);

    Rollout rollout =
        FleetDeploy.simulate(
            parameters,
            3,
            moment -> {
              Counts counts = moment.counts();
              int changing = counts.oldDraining() + counts.newStarting();
              // Between the end of the old and the start of the new there is a moment of neither.
              assertThat(counts.serving() + changing).isBetween(499, 500);
              assertThat(changing).isBetween(0, atATime);
              assertThat(counts.serving()).isGreaterThanOrEqualTo(500 - atATime);
            });

    assertThat(rollout.fewestServing()).isGreaterThanOrEqualTo(500 - atATime);
  }

  @ParameterizedTest
  @EnumSource(Term.class)
  void switchingAPartOffNeverMakesAllAtOnceSlower(Term term) {
    for (int seed = 0; seed < 20; seed++) {
      FastdeployParameters parameters = Profile.ORIGINAL.fastdeploy(400, RestartTimes.PRELIMINARY);

      assertThat(FleetDeploy.simulate(parameters.without(term), seed).untilEnd())
          .isLessThanOrEqualTo(FleetDeploy.simulate(parameters, seed).untilEnd());
    }
  }

  @Test
  void theSameSeedGivesTheSameRollout() {
    FastdeployParameters parameters = Profile.TODAY.fastdeploy(500, RestartTimes.PRELIMINARY);

    Rollout once = FleetDeploy.simulate(parameters, 5);

    assertThat(FleetDeploy.simulate(parameters, 5).moments()).isEqualTo(once.moments());
    assertThat(FleetDeploy.simulate(parameters, 6).moments()).isNotEqualTo(once.moments());
  }

  @Test
  void aPartOfAFewIsOneAtLeast() {
    assertThat(new MaxUnavailable(10).of(5)).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new MaxUnavailable(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new MaxUnavailable(101));
  }

  private static Rollout simulate(int tasks, MaxUnavailable maxUnavailable) {
    return FleetDeploy.simulate(
        new FastdeployParameters(
            tasks,
            maxUnavailable,
            RateLimit.NONE,
            RateLimit.NONE,
            ofSeconds(20),
            SOAK,
            application()),
        1);
  }

  /** Work in flight would take longer than the drain timeout allows. */
  private static Application application() {
    return new Application(
        new Distribution.Constant(ofSeconds(60)),
        new RestartTimes(
            RestartTimes.Origin.ASSUMED,
            "set by a test",
            new Distribution.Constant(ofSeconds(2)),
            new Distribution.Constant(ofSeconds(4))));
  }
}
