package dev.fastdeploy.benchmarks.simulation.ecs;

import static dev.fastdeploy.benchmarks.simulation.ecs.BareUpdate.application;
import static dev.fastdeploy.benchmarks.simulation.ecs.BareUpdate.seconds;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.benchmarks.simulation.event.Distribution;
import dev.fastdeploy.benchmarks.simulation.event.RateLimit;
import dev.fastdeploy.benchmarks.simulation.rollout.Application;
import dev.fastdeploy.benchmarks.simulation.rollout.Rollout;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each delay alone, against its closed form. */
class RollingUpdateTest {

  private static final HealthCheck EVERY_30_SECONDS =
      new HealthCheck.Container(ofSeconds(30), ofSeconds(5), 3, Duration.ZERO);

  private static final Duration PAUSE = ofMinutes(5);

  @Test
  void withoutDelaysItTakesNoTime() {
    assertThat(simulate(BareUpdate.of(4000)).untilEnd()).isZero();
  }

  @Test
  void callsAreBoundByTheirTokenBucket() {
    Rollout rollout =
        limitedTo(new RateLimit.Bucket(100, 40), RateLimit.NONE, RateLimit.NONE, Integer.MAX_VALUE);

    assertThat(rollout.until(25)).as("the burst: 100 calls").isZero();
    assertThat(rollout.until(100)).as("400 calls").isEqualTo(ofMillis((400 - 100) * 1000 / 40));
  }

  @Test
  void launchesAreBoundByTheirTokenBucket() {
    Rollout rollout =
        limitedTo(RateLimit.NONE, new RateLimit.Bucket(100, 20), RateLimit.NONE, Integer.MAX_VALUE);

    assertThat(rollout.until(100)).isEqualTo(ofSeconds((4000 - 100) / 20));
  }

  @ParameterizedTest
  @CsvSource({"100000, 7", "4000, 7", "2000, 3", "1000, 1", "500, 0"})
  void launchesAMinuteAreOfEachServiceThatItTakes(int tasksPerService, int minutes) {
    Rollout rollout =
        limitedTo(RateLimit.NONE, RateLimit.NONE, new RateLimit.PerMinute(500), tasksPerService);

    assertThat(rollout.until(100)).isEqualTo(ofMinutes(minutes));
  }

  @ParameterizedTest
  @CsvSource({"0, 30", "4, 30", "30, 30", "31, 60", "61, 90"})
  void theFirstCheckComesAfterAnIntervalAndTheNextAfterAnother(int start, int healthy) {
    Rollout rollout =
        simulate(BareUpdate.of(100).healthCheck(EVERY_30_SECONDS).application(startingIn(start)));

    assertThat(rollout.until(1)).isEqualTo(ofSeconds(healthy));
    assertThat(rollout.untilEnd()).isEqualTo(ofSeconds(healthy));
  }

  @Test
  void aTaskWithoutCheckCountsSomeTimeAfterItRuns() {
    Rollout rollout =
        simulate(
            BareUpdate.of(100)
                .healthCheck(new HealthCheck.None(ofSeconds(40)))
                .application(startingIn(4)));

    assertThat(rollout.untilEnd()).isEqualTo(ofSeconds(40));
  }

  @Test
  void aCheckThatWouldKillTheApplicationIsRefused() {
    EcsParameters.Builder slow = BareUpdate.of(100).application(startingIn(90));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> slow.healthCheck(EVERY_30_SECONDS).build())
        .withMessageContaining("starts in 90 s")
        .withMessageContaining("startPeriod");
  }

  @Test
  void healthIsKnownAtTheAgentsNextReport() {
    EcsParameters.Builder reported =
        BareUpdate.of(400).healthCheck(EVERY_30_SECONDS).healthReport(ofSeconds(20));

    Rollout rollout = simulate(reported);

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(30));
    assertThat(rollout.untilOldGone()).isBetween(ofSeconds(45), ofSeconds(50));
  }

  @Test
  void aTargetMustPassItsChecksAndIsKeptWhenItLeaves() {
    Rollout rollout =
        simulate(
            BareUpdate.of(100)
                .loadBalancer(Optional.of(LoadBalancer.DEFAULTS))
                .application(application(seconds(7), seconds(4))));

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(5 * 30));
    assertThat(rollout.untilOldGone()).isEqualTo(ofSeconds(5 * 30 + 300 + 7));
  }

  @Test
  void aTaskIsKilledAtTheStopTimeout() {
    Rollout rollout =
        simulate(
            BareUpdate.of(100)
                .stop(new Stop(ofSeconds(30)))
                .application(application(seconds(100), Distribution.NONE)));

    assertThat(rollout.untilOldGone()).isEqualTo(ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "50, 2", "75, 4", "90, 10"})
  void withoutSpareRoomTheBatchesAreWhatMayBeMissing(int minimumHealthyPercent, int batches) {
    Rollout rollout =
        simulate(
            BareUpdate.of(4000)
                .deployment(new Deployment(minimumHealthyPercent, 100))
                .capacity(new Capacity(0, 20))
                .application(application(seconds(30), seconds(10))));

    assertThat(rollout.untilEnd()).isEqualTo(ofSeconds(30 + 10).multipliedBy(batches));
    assertThat(rollout.fewestServing()).isEqualTo(4000 * minimumHealthyPercent / 100);
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "50, 2", "25, 4", "10, 10", "33, 4"})
  void whenAllMustStayTheBatchesAreTheSpareRoom(int sparePercent, int batches) {
    Rollout rollout =
        simulate(
            BareUpdate.of(4000)
                .capacity(new Capacity(sparePercent, 20))
                .application(application(seconds(30), seconds(10))));

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(10L * batches + 30L * (batches - 1)));
    assertThat(rollout.untilOldGone()).isEqualTo(ofSeconds(10 + 30).multipliedBy(batches));
    assertThat(rollout.fewestServing()).isEqualTo(4000);
  }

  @Test
  void maximumPercentBoundsTheBatchesAsSpareRoomDoes() {
    Rollout rollout =
        simulate(
            BareUpdate.of(4000).deployment(new Deployment(100, 125)).application(startingIn(10)));

    assertThat(rollout.untilEnd()).isEqualTo(ofSeconds(4 * 10));
  }

  @Test
  void theSchedulerSeesAtItsNextLook() {
    Rollout rollout =
        simulate(BareUpdate.of(100).schedulerInterval(ofSeconds(10)).application(startingIn(11)));

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(11));
    assertThat(rollout.untilOldGone()).isEqualTo(ofSeconds(20));
  }

  @Test
  void anImageIsPulledOnceAnInstance() {
    Rollout rollout =
        simulate(
            BareUpdate.of(400)
                .capacity(new Capacity(25, 20))
                .launch(new Launch(seconds(20), seconds(1))));

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(20 + 1 + 3));
  }

  @Test
  void aSchedulerThatFindsNoRoomForAWhilePauses() {
    Rollout rollout =
        simulate(pausing().schedulerInterval(ofSeconds(10)).application(startingIn(100)));

    Duration batch = ofSeconds(10 + 50).plus(PAUSE);
    assertThat(rollout.until(100)).isEqualTo(batch.multipliedBy(3).plusSeconds(100));
  }

  @ParameterizedTest
  @CsvSource({"0, 39", "10, 40"})
  void aSchedulerThatFindsRoomInTimeDoesNotPause(int interval, int batch) {
    Rollout rollout =
        simulate(pausing().schedulerInterval(ofSeconds(interval)).application(startingIn(39)));

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(3L * batch + 39));
  }

  @Test
  void aSchedulerThatSeesEachChangePausesToo() {
    Rollout rollout = simulate(pausing().application(startingIn(100)));

    assertThat(rollout.until(100)).isEqualTo(ofSeconds(3 * (50 + 300) + 100));
  }

  @Test
  void anOldAgentStartsNothingBeforeTheLastStoppingTaskHasStopped() {
    EcsParameters.Builder twoInTwoPlaces =
        BareUpdate.of(2)
            .deployment(new Deployment(0, 100))
            .capacity(new Capacity(0, 2))
            .application(
                application(
                    new Distribution.Uniform(ofSeconds(10), ofSeconds(60)), Distribution.NONE));

    Rollout before = simulate(twoInTwoPlaces.agent(AgentBehaviour.WAITS_FOR_ALL_STOPPING));
    Rollout after = simulate(twoInTwoPlaces.agent(AgentBehaviour.WAITS_FOR_ROOM));

    assertThat(before.until(50)).isEqualTo(before.untilOldGone());
    assertThat(after.until(50)).isLessThan(after.untilOldGone());
    assertThat(after.until(100)).isEqualTo(before.until(100));
  }

  @Test
  void whatCanNeverBeReplacedIsRefused() {
    EcsParameters.Builder full = BareUpdate.of(9).capacity(new Capacity(10, 20));

    assertThatIllegalArgumentException()
        .isThrownBy(full::build)
        .withMessageContaining("9 tasks")
        .withMessageContaining("no room");
  }

  /** Of 4,000 tasks, launched ten a call. */
  private static Rollout limitedTo(
      RateLimit calls, RateLimit launches, RateLimit serviceLaunches, int tasksPerService) {
    return simulate(
        BareUpdate.of(4000)
            .api(new ApiLimits(10, calls, launches, serviceLaunches, tasksPerService)));
  }

  /** Room for a quarter more, and a {@link #PAUSE} after 50 s without room. */
  private static EcsParameters.Builder pausing() {
    return BareUpdate.of(4000)
        .capacity(new Capacity(25, 20))
        .placement(new Placement.Pause(ofSeconds(50), PAUSE));
  }

  private static Application startingIn(int seconds) {
    return application(Distribution.NONE, seconds(seconds));
  }

  private static Rollout simulate(EcsParameters.Builder parameters) {
    return RollingUpdate.simulate(parameters.build(), 1);
  }
}
