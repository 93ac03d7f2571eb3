package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit counts as taken only if the change itself took effect. */
@Timeout(180)
@Tag("wide")
class CommitKindBenchmarkIT {

  private final CommitKindBenchmark benchmark = new CommitKindBenchmark();

  @BeforeEach
  void small() {
    benchmark.warmup = 10;
  }

  @AfterEach
  void clear() {
    benchmark.clear();
  }

  private Sample reloaded(String strategy, String service, String change) throws Exception {
    benchmark.strategy = strategy;
    benchmark.service = service;
    benchmark.change = change;
    benchmark.prepare();
    benchmark.start();
    Sample sample = benchmark.reload();
    benchmark.end();
    return sample;
  }

  @ParameterizedTest
  @ValueSource(strings = {"static-initialiser", "jvm-flag"})
  void aNewProcessTakesEverything(String change) throws Exception {
    Sample sample = reloaded("process", "demo", change);

    assertThat(sample.refusal()).isEmpty();
    assertThat(sample.figure(Figure.FIRST_ANSWER).orElseThrow()).isPositive();
    assertThat(sample.parameter("change")).isEqualTo(change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new-class", "resource"})
  void redefinitionRefusesMoreThanBodiesAndSaysWhy(String change) throws Exception {
    Sample sample = reloaded("redefine", "demo", change);

    assertThat(sample.refusal()).contains("more than method bodies changed");
    assertThat(sample.figures()).doesNotContainKey(Figure.FIRST_ANSWER);
  }

  @Test
  void aReloadWithoutEffectIsNotTaken() throws Exception {
    benchmark.untold = 5;

    Sample sample = reloaded("devtools", "spring", "jvm-flag");

    assertThat(sample.refusal()).isEqualTo(CommitKindBenchmark.WITHOUT_EFFECT);
    assertThat(sample.figures()).doesNotContainKey(Figure.FIRST_ANSWER);
  }

  @Test
  void whatIsInEffectBeforeTheReloadIsNoted() throws Exception {
    benchmark.untold = 5;

    assertThat(reloaded("devtools", "spring", "resource").note())
        .isEqualTo(CommitKindBenchmark.AT_ONCE);
  }

  @Test
  void theSpringServiceTellsADependencysCommit() throws Exception {
    assertThat(reloaded("process", "spring", "dependency").succeeded()).isTrue();
  }
}
