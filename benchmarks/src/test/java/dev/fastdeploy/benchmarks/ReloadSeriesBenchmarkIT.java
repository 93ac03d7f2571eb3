package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One service is reloaded back and forth, and looked at after the first reload. */
@Timeout(180)
@Tag("wide")
class ReloadSeriesBenchmarkIT {

  private final ReloadSeriesBenchmark benchmark = new ReloadSeriesBenchmark();

  @AfterEach
  void clear() {
    benchmark.clear();
  }

  @ParameterizedTest
  @CsvSource({"process, demo, 0, 0", "devtools, spring, 1, 1"})
  void eachInvocationIsAReloadOfTheSameService(
      String strategy, String service, double processKept, double mostOldLoaders) throws Exception {
    benchmark.strategy = strategy;
    benchmark.service = service;
    benchmark.warmup = 50;
    benchmark.requests = 5;
    benchmark.start();
    Sample before = benchmark.lastSample();

    Sample first = reload(service + "-body-2");
    Sample second = reload(service + "-body-1");

    assertThat(before.figures()).containsKey(Figure.MEMORY_BEFORE);
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.figures()).containsKeys(Figure.MEMORY, Figure.FIRST_ANSWER, Figure.STAGE);
    assertThat(first.figure(Figure.OLD_LOADERS).orElseThrow()).isBetween(0.0, mostOldLoaders);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.figures()).doesNotContainKey(Figure.MEMORY);
    assertThat(second.figure(Figure.PROCESS_KEPT)).hasValue(processKept);
  }

  private Sample reload(String commit) throws Exception {
    benchmark.stage();
    assertThat(benchmark.reload()).isEqualTo(commit);
    benchmark.measure();
    return benchmark.lastSample();
  }
}
