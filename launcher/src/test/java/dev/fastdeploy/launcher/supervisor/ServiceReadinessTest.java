package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceReadinessTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void followsWhatTheServiceSays() {
    ServiceReadiness readiness = readiness(Duration.ZERO);
    assertThat(readiness.unreadyBecause(0)).isEqualTo("the service has not said that it is ready");

    readiness.unready("503");
    assertThat(readiness.unreadyBecause(1)).isEqualTo("503");
    assertThat(readiness.wasReady(1)).isFalse();
    readiness.ready();
    assertThat(readiness.unreadyBecause(2)).isEmpty();
    readiness.unready("404");

    assertThat(readiness.unreadyBecause(3)).isEqualTo("404");
    assertThat(readiness.wasReady(3)).isTrue();
  }

  @Test
  void countsFromTheStartWhereItCannotBeAsked() {
    ServiceReadiness readiness = readiness(Duration.ofSeconds(5));
    readiness.ready();

    assertThat(readiness.unreadyBecause(5 * SECOND - 1)).contains("5000 ms");
    assertThat(readiness.nextLook(SECOND)).isEqualTo(5 * SECOND);
    assertThat(readiness.wasReady(5 * SECOND - 1)).isFalse();
    assertThat(readiness.wasReady(5 * SECOND)).isTrue();
    assertThat(readiness.unreadyBecause(5 * SECOND)).isEmpty();
    assertThat(readiness.nextLook(5 * SECOND)).isNull();
  }

  @Test
  void countsAnewForAnotherReleaseInTheProcess() {
    ServiceReadiness readiness = readiness(Duration.ofSeconds(5));
    readiness.ready();

    readiness.runsAnother(10 * SECOND);

    assertThat(readiness.unreadyBecause(14 * SECOND)).isNotEmpty();
    assertThat(readiness.unreadyBecause(15 * SECOND)).isEmpty();
  }

  @Test
  void isOverdueIfItWasNeverReadyInItsTime() {
    ServiceReadiness readiness = readiness(Duration.ZERO);
    readiness.unready("refused");

    assertThat(readiness.nextLook(0)).isEqualTo(60 * SECOND);
    assertThat(readiness.overdueBecause(60 * SECOND - 1)).isEmpty();
    assertThat(readiness.overdueBecause(60 * SECOND))
        .isEqualTo("the service was not ready after 60000 ms: refused");
    assertThat(readiness.nextLook(60 * SECOND)).isNull();
    readiness.ready();
    assertThat(readiness.overdueBecause(61 * SECOND)).isEmpty();
  }

  @Test
  void oneOfWhichNothingIsHeardIsUnreadyAndNeverOverdue() {
    ServiceReadiness readiness = readiness(Duration.ZERO);

    assertThat(readiness.unreadyBecause(600 * SECOND)).isNotEmpty();
    assertThat(readiness.overdueBecause(600 * SECOND)).isEmpty();
  }

  @Test
  void oneThatWasReadyOnceIsNeverOverdue() {
    ServiceReadiness readiness = readiness(Duration.ZERO);
    readiness.ready();
    assertThat(readiness.unreadyBecause(SECOND)).isEmpty();

    readiness.unready("its database has gone");

    assertThat(readiness.overdueBecause(600 * SECOND)).isEmpty();
  }

  private static ServiceReadiness readiness(Duration readyAfter) {
    return new ServiceReadiness(0, Duration.ofSeconds(60), readyAfter);
  }
}
