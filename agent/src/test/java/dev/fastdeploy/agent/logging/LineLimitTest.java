package dev.fastdeploy.agent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineLimitTest {

  private long now = Long.MAX_VALUE - 5;
  private final LineLimit limit = new LineLimit(() -> now);

  @Test
  void whoeverCanConnectDoesNotBuryTheLog() {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String line = limit.admit("Stream Error");
      if (line != null) {
        said.add(line);
      }
    }
    assertThat(said).hasSize(16).containsOnly("Stream Error");

    now += TimeUnit.SECONDS.toNanos(10);

    assertThat(limit.admit("Stream Error"))
        .isEqualTo("Stream Error (984 lines before it were too many)");
    assertThat(limit.admit("Stream Error")).isEqualTo("Stream Error");
  }
}
