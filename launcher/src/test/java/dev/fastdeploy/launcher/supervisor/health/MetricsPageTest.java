package dev.fastdeploy.launcher.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

  @Test
  void tellsTheSnapshotInBaseUnits() {
    Map<String, BigDecimal> samples = TextFormat.samples(MetricsPage.of(Snapshots.ready()));

    assertThat(samples)
        .containsEntry("fastdeploy_release_info{commit=c2}", new BigDecimal(1))
        .containsEntry("fastdeploy_instance_state{state=ready}", new BigDecimal(1))
        .containsEntry("fastdeploy_instance_state{state=draining}", new BigDecimal(0))
        .containsEntry("fastdeploy_instance_live", new BigDecimal(1))
        .containsEntry("fastdeploy_instance_ready", new BigDecimal(1))
        .containsEntry("fastdeploy_start_attempt", new BigDecimal(3))
        .containsEntry(
            "fastdeploy_reloads_total{strategy=process,outcome=proven}", new BigDecimal(2))
        .containsEntry(
            "fastdeploy_reloads_total{strategy=process,outcome=rolled_back}", new BigDecimal(1))
        .containsEntry("fastdeploy_rollbacks_total", new BigDecimal(1))
        .containsEntry("fastdeploy_restarts_total{reason=reload}", new BigDecimal(2))
        .containsEntry("fastdeploy_last_reload_duration_seconds", new BigDecimal("1.500"))
        .containsEntry(
            "fastdeploy_last_reload_phase_seconds{phase=staged}", new BigDecimal("2.500"))
        .containsEntry("fastdeploy_last_reload_phase_seconds{phase=ready}", new BigDecimal("1.500"))
        .containsEntry("fastdeploy_launcher_start_time_seconds", new BigDecimal("1700000000.123"))
        .containsEntry("fastdeploy_service_start_time_seconds", new BigDecimal("1700000060.000"));
  }

  @Test
  void exactlyOneStateIsOne() {
    for (HealthState state : HealthState.values()) {
      String page = MetricsPage.of(Snapshots.of(state, "c2", "because", ""));

      assertThat(
              TextFormat.samples(page).entrySet().stream()
                  .filter(sample -> sample.getKey().startsWith("fastdeploy_instance_state"))
                  .filter(sample -> sample.getValue().signum() > 0))
          .singleElement()
          .extracting(Map.Entry::getKey)
          .isEqualTo("fastdeploy_instance_state{state=" + state.label() + "}");
    }
  }

  @Test
  void labelValuesAreEscaped() {
    String commit = "a\\b\"c\nd";
    String page = MetricsPage.of(Snapshots.of(HealthState.READY, commit, "", ""));

    assertThat(TextFormat.samples(page))
        .containsKey("fastdeploy_release_info{commit=" + commit + "}");
  }

  @Test
  void whatIsNotKnownIsNotTold() {
    String page = MetricsPage.of(HealthSnapshot.initial(1));

    assertThat(TextFormat.types(page))
        .doesNotContainKeys(
            "fastdeploy_release_info",
            "fastdeploy_last_reload_duration_seconds",
            "fastdeploy_service_start_time_seconds")
        .containsEntry("fastdeploy_rollbacks_total", "counter")
        .containsEntry("fastdeploy_instance_ready", "gauge");
    assertThat(TextFormat.samples(page))
        .containsEntry("fastdeploy_instance_ready", new BigDecimal(0));
  }

  @Test
  void aPageHasEveryMetric() {
    assertThat(TextFormat.types(MetricsPage.of(Snapshots.ready())).keySet())
        .containsExactlyElementsOf(Arrays.stream(Metric.values()).map(Metric::fullName).toList());
  }

  @Test
  void theDocumentListsThemAll() throws Exception {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `fast")).toList();

    assertThat(rows)
        .containsExactlyElementsOf(Arrays.stream(Metric.values()).map(this::row).toList());
  }

  private String row(Metric metric) {
    return "| `"
        + metric.fullName()
        + "` | "
        + metric.type().label()
        + " | "
        + metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "))
        + " | "
        + metric.help()
        + " |";
  }
}
