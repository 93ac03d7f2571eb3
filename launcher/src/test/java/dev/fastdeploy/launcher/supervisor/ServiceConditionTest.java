package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.supervisor.health.HealthState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told in each condition. */
class ServiceConditionTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** What the service has said of itself: nothing, ready, or ready and then unready. */
  private enum Said {
    NOTHING,
    READY,
    UNREADY,
    NOT_YET
  }

  @ParameterizedTest
  @CsvSource({
    // child, stopping, probation, restoring, said, seconds: state, ready, live
    ",         false, false, false, NOTHING, 99, STARTING,   false, true",
    "RUNNING,  false, false, false, NOTHING, 59, STARTING,   false, true",
    "RUNNING,  false, false, false, NOTHING, 60, STARTING,   false, true",
    "RUNNING,  false, false, false, NOT_YET, 59, STARTING,   false, true",
    "RUNNING,  false, false, false, NOT_YET, 60, FAILED,     false, false",
    "RUNNING,  false, false, false, READY,   99, READY,      true,  true",
    "RUNNING,  false, false, false, UNREADY, 99, UNREADY,    false, true",
    "RUNNING,  false, true,  false, NOTHING, 99, PROBATION,  false, true",
    "RUNNING,  false, true,  false, READY,   99, PROBATION,  true,  true",
    "RUNNING,  false, false, true,  NOTHING, 99, RESTORING,  false, true",
    "DRAINING, false, false, false, READY,   99, DRAINING,   false, true",
    "DRAINING, false, false, false, NOTHING, 99, DRAINING,   false, true",
    "STOPPING, false, true,  false, READY,   99, RESTORING,  false, true",
    "EXITED,   false, false, false, READY,   99, RESTARTING, false, true",
    "RUNNING,  true,  false, false, READY,   99, STOPPING,   false, true",
    "STOPPING, true,  false, false, NOTHING, 99, STOPPING,   false, true",
  })
  void isToldAs(
      @Nullable ChildState child,
      boolean stopping,
      boolean onProbation,
      boolean restoring,
      Said said,
      long seconds,
      HealthState state,
      boolean ready,
      boolean live) {
    ServiceCondition condition = new ServiceCondition(child, stopping, onProbation, restoring);
    ServiceReadiness readiness = new ServiceReadiness(0, TIMEOUT, Duration.ZERO);
    if (said == Said.READY || said == Said.UNREADY) {
      readiness.ready();
      assertThat(readiness.unreadyBecause(0)).isEmpty();
    }
    if (said == Said.UNREADY || said == Said.NOT_YET) {
      readiness.unready("503");
    }
    long now = Duration.ofSeconds(seconds).toNanos();

    assertThat(condition.state(readiness, now)).isEqualTo(state);
    assertThat(condition.unreadyBecause(readiness, now).isEmpty()).isEqualTo(ready);
    assertThat(condition.deadBecause(readiness, now).isEmpty()).isEqualTo(live);
  }
}
