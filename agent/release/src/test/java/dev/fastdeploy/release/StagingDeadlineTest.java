package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StagingDeadlineTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void endsAStagingThatTakesTooLongInAll() {
    StagingDeadline deadline =
        new StagingDeadline(StagingProgress.NONE, Duration.ofSeconds(2), now::get);

    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThatCode(deadline::requireGoOn).doesNotThrowAnyException();
    now.incrementAndGet();

    assertThatThrownBy(deadline::requireGoOn)
        .hasMessageContaining("longer than the 2000 ms of --staging-timeout");
  }

  @Test
  void noTimeIsRefused() {
    Settings none =
        Settings.ofAgent("", new Properties(), Map.of("FASTDEPLOY_STAGING_TIMEOUT", "0s"));

    assertThatThrownBy(() -> StagingDeadline.limit(none))
        .hasMessageContaining("--staging-timeout '0s' leaves no time");
  }
}
