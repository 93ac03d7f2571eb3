package dev.fastdeploy.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StagingPaceTest {

  private static final long MILLI = 1_000_000;

  /** Near its overflow, as the JVM's clock may be. */
  private long now = Long.MAX_VALUE - MILLI;

  @Test
  void tellsTheFirstBytesThenOnesAPauseAndTheLastOnce() {
    StagingPace pace = new StagingPace(() -> now, Duration.ofMillis(100));

    assertThat(pace.isWorthTelling(0, 10)).isTrue();
    now += 99 * MILLI;
    assertThat(pace.isWorthTelling(1, 10)).isFalse();
    now += MILLI;
    assertThat(pace.isWorthTelling(2, 10)).isTrue();
    assertThat(pace.isWorthTelling(3, 10)).isFalse();
    assertThat(pace.isWorthTelling(10, 10)).isTrue();
    now += 1000 * MILLI;
    assertThat(pace.isWorthTelling(10, 10)).isFalse();
  }

  @Test
  void aWallClockThatIsSetBackSilencesNoDeploy() {
    AtomicReference<Instant> time = new AtomicReference<>(Instant.ofEpochSecond(1_000_000));
    List<DeployEvent> told = new ArrayList<>();
    Plan plan =
        new Plan(new DeployId("d"), 1, new Commit("c"), ExpectedRelease.ANY, true, null, false);
    ActiveDeploy deploy =
        new ActiveDeploy(plan, null, 0, notice -> told.add(notice.event()), time::get);

    time.set(Instant.EPOCH);
    deploy.bytes(0, 10);

    assertThat(told).containsExactly(new DeployEvent.Staging(0, 10));
  }
}
