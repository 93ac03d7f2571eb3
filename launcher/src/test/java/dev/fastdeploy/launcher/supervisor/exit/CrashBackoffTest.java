package dev.fastdeploy.launcher.supervisor.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.supervisor.configuration.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrashBackoffTest {

  private static final Duration SHORT = Duration.ofMillis(59_999);
  private static final Duration WELL = Duration.ofSeconds(60);

  @Test
  void theWaitDoublesUpToHalfAMinute() {
    CrashBackoff crashes = new CrashBackoff(RestartPolicy.parse("on-failure"));

    List<Long> waits =
        IntStream.range(0, 9)
            .mapToObj(i -> crashes.afterCrash(SHORT).orElseThrow().toSeconds())
            .toList();

    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L, 30L);
  }

  @Test
  void withoutANumberThereIsNoEnd() {
    CrashBackoff crashes = new CrashBackoff(RestartPolicy.parse("on-failure"));
    for (int i = 0; i < 1000; i++) {
      assertThat(crashes.afterCrash(SHORT)).isPresent();
    }
    assertThat(crashes.count()).isEqualTo("1000");
  }

  @Test
  void theRestartsAreUsedUp() {
    CrashBackoff crashes = new CrashBackoff(RestartPolicy.parse("on-failure:2"));
    assertThat(crashes.afterCrash(SHORT)).isPresent();
    assertThat(crashes.count()).isEqualTo("1 of 2");
    assertThat(crashes.usedUp()).isEmpty();
    assertThat(crashes.afterCrash(SHORT)).isPresent();
    assertThat(crashes.afterCrash(SHORT)).isEmpty();

    assertThat(crashes.usedUp()).contains("it was started again 2 times in a row");
  }

  @Test
  void aServiceThatRanWellBeginsAnew() {
    CrashBackoff crashes = new CrashBackoff(RestartPolicy.parse("on-failure:2"));
    crashes.afterCrash(SHORT);
    crashes.afterCrash(SHORT);

    assertThat(crashes.afterCrash(WELL)).contains(CrashBackoff.FIRST);
    assertThat(crashes.count()).isEqualTo("1 of 2");
  }

  @Test
  void neverIsNever() {
    CrashBackoff crashes = new CrashBackoff(RestartPolicy.NEVER);

    assertThat(crashes.afterCrash(WELL)).isEqualTo(Optional.empty());
    assertThat(crashes.usedUp()).isEmpty();
  }
}
