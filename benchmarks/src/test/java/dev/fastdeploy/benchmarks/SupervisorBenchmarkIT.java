package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.supervision.Peer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each supervisor that is installed really starts its child again, and is the one looked at. */
@Timeout(120)
class SupervisorBenchmarkIT {

  private final SupervisorBenchmark benchmark = new SupervisorBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  @Test
  void everyInstalledSupervisorStartsItsChildAgain() throws Exception {
    List<Peer> installed =
        Arrays.stream(Peer.values()).filter(peer -> peer.obstacle().isEmpty()).toList();
    benchmark.start();

    benchmark.live();
    benchmark.round();
    benchmark.live();
    List<Sample> samples = benchmark.round();

    assertThat(installed).contains(Peer.FASTDEPLOY, Peer.SHELL);
    assertThat(samples)
        .extracting(sample -> sample.parameter("supervisor"))
        .containsExactlyInAnyOrderElementsOf(installed.stream().map(Peer::label).toList());
    for (Peer peer : installed) {
      Sample sample = of(samples, peer);
      assertThat(sample.number()).isEqualTo(2);
      assertThat(benchmark.starts(peer)).isEqualTo(peer.restarts() ? 4 : 1);
      if (peer.restarts()) {
        assertThat(sample.figure(Figure.RESTART_GAP).orElseThrow()).isBetween(0.1, 30_000.0);
      }
      assertThat(sample.figure(Figure.PRIVATE_DIRTY).orElseThrow())
          .isLessThan(sample.figure(Figure.RESIDENT).orElseThrow());
    }
    assertThat(resident(samples, Peer.FASTDEPLOY))
        .as("a JVM against a shell")
        .isGreaterThan(5 * resident(samples, Peer.SHELL));
  }

  private static double resident(List<Sample> samples, Peer peer) {
    return of(samples, peer).figure(Figure.RESIDENT).orElseThrow();
  }

  private static Sample of(List<Sample> samples, Peer peer) {
    return samples.stream()
        .filter(sample -> sample.parameter("supervisor").equals(peer.label()))
        .findFirst()
        .orElseThrow();
  }
}
