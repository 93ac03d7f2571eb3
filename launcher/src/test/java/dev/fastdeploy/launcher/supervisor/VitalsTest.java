package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.health.ReloadCount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsTest {

  @TempDir Path folder;

  @Test
  void eachPreparedStrategyIsCountedFromZero() {
    Vitals vitals =
        new Vitals(options("--strategies", "module, ,process,"), id -> Optional.empty());

    ServiceReadiness readiness = new ServiceReadiness(0, Duration.ofSeconds(1), Duration.ZERO);
    assertThat(
            vitals
                .snapshot(new ServiceCondition(null, false, false, false), readiness, "", 0)
                .reloads())
        .containsExactlyInAnyOrder(
            new ReloadCount("module", "proven", 0),
            new ReloadCount("module", "rolled_back", 0),
            new ReloadCount("process", "proven", 0),
            new ReloadCount("process", "rolled_back", 0));
  }

  private RunOptions options(String... more) {
    List<String> words =
        List.of("--home", "h", "--release", folder.toString(), "--commit", "c1", "--", "x");
    return RunOptions.parse(
        Stream.concat(Stream.of(more), words.stream()).toList(), new Properties(), Map.of());
  }
}
