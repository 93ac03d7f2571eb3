package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.InstanceKind;
import dev.fastdeploy.benchmarks.sample.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A round really runs the service by itself, with the agent, and below the launcher. */
@Timeout(180)
class InstanceBenchmarkIT {

  private final InstanceBenchmark benchmark = new InstanceBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  @BeforeEach
  void small() {
    benchmark.warmup = 50;
    benchmark.rest = 10;
  }

  @Test
  void eachKindIsMeasuredOnceARoundWithTheFiguresThatItHas() throws Exception {
    benchmark.prepare();

    List<Sample> first = benchmark.round();
    List<Sample> second = benchmark.round();

    assertThat(kinds(first)).isNotEqualTo(kinds(second)).containsExactlyInAnyOrder(labels());
    Map<String, Sample> samples =
        second.stream()
            .collect(Collectors.toMap(sample -> sample.parameter("instance"), Function.identity()));
    for (Sample sample : second) {
      assertThat(sample.figure(Figure.START).orElseThrow()).isBetween(10.0, 60_000.0);
      assertThat(sample.figure(Figure.END).orElseThrow()).isBetween(0.1, 30_000.0);
      assertThat(sample.number()).isEqualTo(2);
    }
    assertThat(memory(samples, InstanceKind.AGENT))
        .as("the agent's memory is in the figure")
        .isGreaterThan(memory(samples, InstanceKind.PLAIN) + 3);
    Sample launcher = of(samples, InstanceKind.LAUNCHER);
    assertThat(launcher.figure(Figure.PROCESS_KEPT)).hasValue(0);
    assertThat(launcher.figure(Figure.ANNOUNCED_ANSWER).orElseThrow())
        .isBetween(10.0, launcher.figure(Figure.FIRST_ANSWER).orElseThrow());
    assertThat(launcher.figure(Figure.RESIDENT).orElseThrow()).isBetween(20.0, 200.0);
    assertThat(of(samples, InstanceKind.PLAIN).figure(Figure.RESIDENT)).isEmpty();
  }

  private static List<String> kinds(List<Sample> samples) {
    return samples.stream().map(sample -> sample.parameter("instance")).toList();
  }

  private static String[] labels() {
    return Arrays.stream(InstanceKind.values()).map(InstanceKind::label).toArray(String[]::new);
  }

  private static double memory(Map<String, Sample> samples, InstanceKind kind) {
    return of(samples, kind).figure(Figure.SERVICE_MEMORY).orElseThrow();
  }

  private static Sample of(Map<String, Sample> samples, InstanceKind kind) {
    return Objects.requireNonNull(samples.get(kind.label()));
  }
}
