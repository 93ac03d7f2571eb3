package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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

class SimulatedDeployTest {

  private static final Duration STAGE = ofSeconds(2);
  private static final Duration SOAK = ofSeconds(5);

  /** Drain, restart and soak. */
  private static final Duration ONE_TURN = ofSeconds(20 + 4).plus(SOAK);

  /** Two hundred stage at a time, and nothing changes before all have. */
  private static final Duration ALL_STAGED = STAGE.multipliedBy(4000 / 200);

  @Test
  void allAtOnceTakesAsLongAsOneInstanceOnceAllHaveStaged() {
    Rollout rollout = simulate(Pace.ALL_AT_ONCE);

    assertThat(rollout.until(1)).isEqualTo(ALL_STAGED.plus(ONE_TURN));
    assertThat(rollout.untilEnd()).isEqualTo(ALL_STAGED.plus(ONE_TURN));
    assertThat(rollout.fewestServing()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"50%, 2", "25%, 4", "10%, 10", "1%, 100", "3%, 34", "400, 10"})
  void aPartAtATimeTakesATurnEach(String maxUnavailable, int turns) {
    Rollout rollout = simulate(Pace.window(maxUnavailable, "0"));

    assertThat(rollout.until(100)).isEqualTo(ALL_STAGED.plus(ONE_TURN.multipliedBy(turns)));
    assertThat(rollout.until(100)).isEqualTo(rollout.untilEnd());
  }

  @ParameterizedTest
  @CsvSource({"100%, 75%", "10%, 95%", "25%, 90%"})
  void fewerChangeThanMayWhereMoreMustStayInService(String maxUnavailable, String minReady) {
    int mayMiss = 100 - Integer.parseInt(minReady.replace("%", ""));

    Rollout rollout = simulate(Pace.window(maxUnavailable, minReady));

    assertThat(rollout.fewestServing()).isEqualTo(4000 - 40 * mayMiss);
    assertThat(rollout.until(100)).isEqualTo(ALL_STAGED.plus(ONE_TURN.multipliedBy(100 / mayMiss)));
  }

  @Test
  void aWaveIsLookedAtBeforeTheNext() {
    Duration bake = ofSeconds(30);

    Rollout rollout = simulate(Pace.window("10%", "85%").inWaves("1", bake, "5%", "25%", "100%"));

    // The canary, 199 more in one turn, 800 in two, 3,000 in eight; three bakes between them.
    assertThat(rollout.until(100))
        .isEqualTo(
            ALL_STAGED.plus(ONE_TURN.multipliedBy(1 + 1 + 2 + 8)).plus(bake.multipliedBy(3)));
    assertThat(rollout.until(1)).isEqualTo(ALL_STAGED.plus(ONE_TURN.multipliedBy(2)).plus(bake));
    assertThat(rollout.fewestServing()).isEqualTo(3600);
  }

  @Test
  void connectingIsBoundByTheDialRateBeforeAnythingIsStagedAndAfterEachRestart() {
    Rollout rollout =
        SimulatedDeploy.simulate(
            parameters(
                Pace.ALL_AT_ONCE, RateLimit.NONE, new RateLimit.Bucket(1, 345), RateLimit.NONE),
            1);
    Duration connected = ofMillis((3999 * 1000L + 344) / 345);

    // All restart in the same moment: they are connected to again while most are soaked.
    assertThat(rollout.until(100))
        .isBetween(
            connected.plus(ALL_STAGED).plus(ONE_TURN).minus(SOAK).plus(connected),
            connected.plus(ALL_STAGED).plus(ONE_TURN).minus(SOAK).plus(connected).plusMillis(10));
    assertThat(rollout.until(1)).isEqualTo(connected.plus(ALL_STAGED).plus(ONE_TURN));
  }

  /** So long does a machine need with which the check of all at once would come to nothing. */
  @Test
  void moreThanCanBeConnectedToWithinTheConnectTimeoutAreReached() {
    FastdeployParameters slow =
        parameters(Pace.RECOMMENDED, RateLimit.NONE, new RateLimit.Bucket(1, 100), RateLimit.NONE);
    Duration connected = ofSeconds(40);

    assertThat(connected).isGreaterThan(slow.connectTimeout());
    assertThat(SimulatedDeploy.simulate(slow, 1).until(100)).isGreaterThan(connected);
  }

  @Test
  void theStoreAnswersTwoRequestsAnInstance() {
    Rollout rollout =
        SimulatedDeploy.simulate(
            parameters(
                Pace.ALL_AT_ONCE, RateLimit.NONE, RateLimit.NONE, new RateLimit.Bucket(2, 100)),
            1);

    // With 200 at a time of 2 s each, 50 instances a second is what bounds it.
    assertThat(rollout.until(100)).isEqualTo(ofMillis(3999 * 20).plus(STAGE).plus(ONE_TURN));
  }

  @Test
  void theSourceIsAskedTwoCallsAHundredInstances() {
    Rollout rollout =
        SimulatedDeploy.simulate(
            parameters(
                Pace.ALL_AT_ONCE, new RateLimit.Bucket(1, 10), RateLimit.NONE, RateLimit.NONE),
            1);

    assertThat(rollout.until(100)).isEqualTo(ofMillis(79 * 100).plus(ALL_STAGED).plus(ONE_TURN));
  }

  @Test
  void aSourceThatTellsTooLateLetsNothingBegin() {
    FastdeployParameters slow =
        parameters(Pace.ALL_AT_ONCE, new RateLimit.Bucket(1, 5), RateLimit.NONE, RateLimit.NONE);

    assertThatIllegalStateException()
        .isThrownBy(() -> SimulatedDeploy.simulate(slow, 1))
        .withMessageContaining("no complete answer from 'fleet'");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 33, 100})
  void eachInstanceIsInOneStateAndNeverMoreChangeThanAllowed(int percent) {
    FastdeployParameters parameters =
        Profile.TODAY
            .fastdeploy(500, RestartTimes.PRELIMINARY)
            .withPace(Pace.window(percent + "%", "0"));
    int atATime = 500 * percent / 100;

    Rollout rollout =
        SimulatedDeploy.simulate(
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

      assertThat(SimulatedDeploy.simulate(parameters.without(term), seed).untilEnd())
          .isLessThanOrEqualTo(SimulatedDeploy.simulate(parameters, seed).untilEnd());
    }
  }

  @Test
  void withoutCapacityNothingIsHeldBackByWavesOrBakes() {
    Pace inWaves = Pace.RECOMMENDED.inWaves("1", ofSeconds(30), "5%", "100%");
    FastdeployParameters parameters =
        parameters(inWaves, RateLimit.NONE, RateLimit.NONE, RateLimit.NONE);

    assertThat(parameters.without(Term.CAPACITY).pace()).isEqualTo(Pace.ALL_AT_ONCE);
    assertThat(parameters.without(Term.HEALTH_CHECK).pace())
        .isEqualTo(Pace.RECOMMENDED.inWaves("1", Duration.ZERO, "5%", "100%"));
  }

  @Test
  void theSameSeedGivesTheSameRollout() {
    FastdeployParameters parameters = Profile.TODAY.fastdeploy(500, RestartTimes.PRELIMINARY);

    Rollout once = SimulatedDeploy.simulate(parameters, 5);

    assertThat(SimulatedDeploy.simulate(parameters, 5).moments()).isEqualTo(once.moments());
    assertThat(SimulatedDeploy.simulate(parameters, 5).summary()).isEqualTo(once.summary());
    assertThat(SimulatedDeploy.simulate(parameters, 6).moments()).isNotEqualTo(once.moments());
  }

  @Test
  void aPartOfAFewIsOneAtLeast() {
    FastdeployParameters parameters =
        Profile.TODAY.fastdeploy(5, RestartTimes.PRELIMINARY).withPace(Pace.window("10%", "0"));

    assertThat(SimulatedDeploy.simulate(parameters, 1).fewestServing()).isEqualTo(4);
  }

  private static Rollout simulate(Pace pace) {
    return SimulatedDeploy.simulate(
        parameters(pace, RateLimit.NONE, RateLimit.NONE, RateLimit.NONE), 1);
  }

  private static FastdeployParameters parameters(
      Pace pace, RateLimit source, RateLimit dial, RateLimit store) {
    return new FastdeployParameters(
        4000, pace, source, dial, store, ofSeconds(10), ofSeconds(20), SOAK, application());
  }

  /** Work in flight would take longer than the drain timeout allows. */
  private static Application application() {
    return new Application(
        new Distribution.Constant(ofSeconds(60)),
        new RestartTimes(
            RestartTimes.Origin.ASSUMED,
            "set by a test",
            new Distribution.Constant(STAGE),
            new Distribution.Constant(ofSeconds(4))));
  }
}
