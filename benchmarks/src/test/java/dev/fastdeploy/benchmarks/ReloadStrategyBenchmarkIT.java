package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way really brings the new commit into a service, and the figures are those of its kind. */
@Timeout(180)
class ReloadStrategyBenchmarkIT {

  private final ReloadStrategyBenchmark benchmark = new ReloadStrategyBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  @BeforeEach
  void small() {
    benchmark.warmup = 50;
    benchmark.aftermath = 100;
  }

  @ParameterizedTest
  @CsvSource({
    "process, demo, 0",
    "module, demo, 1",
    "redefine, demo, 1",
    "shell, demo, 0",
    "process, spring, 0",
    "archive, demo, 0",
    "devtools, spring, 1"
  })
  void theServiceAnswersTheNewCommitFromTheProcessThatTheWayImplies(
      String strategy, String service, double processKept) throws Exception {
    Sample sample = reloaded(strategy, service);

    assertThat(sample.figure(Figure.PROCESS_KEPT)).hasValue(processKept);
    assertThat(sample.figure(Figure.FIRST_ANSWER).orElseThrow()).isBetween(1.0, 60_000.0);
    assertThat(sample.figure(Figure.STAGE).orElseThrow()).isPositive();
    assertThat(sample.figure(Figure.PROCESSOR).orElseThrow()).isPositive();
    assertThat(sample.figure(Figure.MEMORY).orElseThrow()).isBetween(10.0, 1_000.0);
    assertThat(sample.figure(Figure.METASPACE).orElseThrow()).isBetween(0.5, 200.0);
    assertThat(sample.figure(Figure.LOADERS).orElseThrow()).isGreaterThanOrEqualTo(3);
    assertThat(sample.figures()).containsKey(Figure.OLD_LOADERS);
    assertThat(sample.succeeded()).isTrue();
    assertThat(sample.note()).as("with archive: why none was used").isEmpty();
    assertThat(sample.parameter("strategy")).isEqualTo(strategy);
  }

  private Sample reloaded(String strategy, String service) throws Exception {
    benchmark.strategy = strategy;
    benchmark.service = service;
    benchmark.prepare();
    benchmark.start();
    assertThat(left.living()).isNotEmpty();
    assertThat(benchmark.reload()).isEqualTo(service + "-body-2");
    benchmark.measure();
    return benchmark.lastSample();
  }

  @ParameterizedTest
  @ValueSource(strings = {"process", "shell"})
  @Tag("wide")
  void underLoadWhatARestartLosesIsCounted(String strategy) throws Exception {
    benchmark.load = 100;

    Sample sample = reloaded(strategy, "demo");

    double gap = sample.figure(Figure.GAP).orElseThrow();
    double failed = sample.figure(Figure.FAILED).orElseThrow();
    assertThat(gap).isGreaterThan(20);
    // At 100 a second each that was due in the gap; on a busy machine some come late, and are
    // answered by the next process.
    assertThat(failed).isBetween(0.7 * gap / 10 - 4, 1.3 * gap / 10 + 4);
    assertThat(sample.figure(Figure.SENT).orElseThrow()).isGreaterThan(failed);
    assertThat(sample.figure(Figure.FIRST_ANSWER).orElseThrow()).isGreaterThanOrEqualTo(gap / 2);
    assertThat(sample.figure(Figure.P99_BEFORE).orElseThrow()).isPositive();
    assertThat(sample.figures()).doesNotContainKey(Figure.MEMORY);
  }

  @Test
  @Tag("wide")
  void underLoadRedefinitionLosesNothing() throws Exception {
    benchmark.load = 100;

    Sample sample = reloaded("redefine", "demo");

    assertThat(sample.figure(Figure.FAILED)).hasValue(0);
    assertThat(sample.figure(Figure.SENT).orElseThrow()).isPositive();
  }

  @Test
  void aWayThatDoesNotFitTheServiceIsRefusedAndLeavesNothing() throws Exception {
    benchmark.strategy = "devtools";
    benchmark.prepare();

    assertThatThrownBy(benchmark::start).hasMessageContaining("Spring Boot applications only");
    assertThat(benchmark.lastSample().failure()).contains("Spring Boot applications only");
  }
}
