package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.way.Holding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deploys under one load bring the commits in turn, and what the clients lose is counted. */
@Timeout(240)
class HeldConnectionsBenchmarkIT {

  private final HeldConnectionsBenchmark benchmark = new HeldConnectionsBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  @BeforeEach
  void small() {
    benchmark.warmup = 50;
    benchmark.calm = 500;
    benchmark.watched = 5;
    benchmark.load = 100;
    benchmark.kept = 8;
  }

  private void start(String way, String service, String connections) throws Exception {
    benchmark.way = way;
    benchmark.service = service;
    benchmark.connections = connections;
    benchmark.start();
  }

  private Sample deployed(String commit) throws Exception {
    benchmark.stage();
    assertThat(left.living()).isNotEmpty();
    assertThat(benchmark.reload()).isEqualTo(commit);
    benchmark.measure();
    return benchmark.lastSample();
  }

  @Test
  void withoutHoldingRefusalsAreCountedAndCommitsTakeTurns() throws Exception {
    start("process", "demo", HeldConnectionsBenchmark.NEW);

    Sample first = deployed("demo-body-2");
    Sample second = deployed("demo-body-1");

    for (Sample sample : new Sample[] {first, second}) {
      assertThat(sample.succeeded()).isTrue();
      assertThat(sample.parameter("connections")).isEqualTo("new");
      assertThat(sample.parameter("load")).isEqualTo("100");
      assertThat(figure(sample, Figure.REFUSED)).isPositive();
      assertThat(figure(sample, Figure.FAILED))
          .isGreaterThanOrEqualTo(figure(sample, Figure.REFUSED))
          .isLessThan(figure(sample, Figure.SENT));
      assertThat(figure(sample, Figure.CONNECTIONS)).isPositive();
      assertThat(figure(sample, Figure.PEAK_RESIDENT)).isBetween(10.0, 2_000.0);
      assertThat(figure(sample, Figure.PROCESSOR)).isPositive();
      assertThat(figure(sample, Figure.NEXT_READY)).isPositive();
      assertThat(sample.figures())
          .containsKeys(Figure.DRAIN, Figure.WAIT_AIM, Figure.LONGEST_WAIT, Figure.GAP);
    }
    assertThat(second.number()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "tomcat, keep-alive",
    "jetty, new",
    "undertow, keep-alive",
    "netty-nio, new",
    "netty-epoll, keep-alive"
  })
  @Tag("wide")
  void eachServerIsDeployed(String service, String connections) throws Exception {
    start("process", service, connections);

    Sample sample = deployed(service + "-body-2");

    assertThat(figure(sample, Figure.REFUSED)).isPositive();
    assertThat(figure(sample, Figure.PROCESS_KEPT)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shell", "devtools"})
  @Tag("wide")
  void otherWaysTellNoPhases(String way) throws Exception {
    start(way, "spring", HeldConnectionsBenchmark.KEEP_ALIVE);

    Sample sample = deployed("spring-body-2");

    assertThat(figure(sample, Figure.FAILED)).isPositive();
    assertThat(sample.figures()).doesNotContainKeys(Figure.DRAIN, Figure.WAIT_AIM);
  }

  @ParameterizedTest
  @CsvSource({"tomcat, keep-alive", "netty-epoll, new"})
  void heldConnectionsWaitAndNoneIsRefused(String service, String connections) throws Exception {
    assumeTrue(Holding.possible(), "this fastdeploy cannot hold connections");
    start("held", service, connections);

    Sample sample = deployed(service + "-body-2");

    assertThat(figure(sample, Figure.FAILED)).as(sample.note()).isZero();
    assertThat(figure(sample, Figure.QUEUE)).isGreaterThan(3);
    assertThat(sample.parameter("hold")).isEqualTo(Holding.USUAL);
  }

  @Test
  void connectionsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> start("process", "demo", "some"))
        .hasMessage("connections 'some' are unknown; use new or keep-alive");
    assertThat(benchmark.lastSample().failure()).contains("'some' are unknown");
  }

  private static double figure(Sample sample, Figure figure) {
    return sample.figure(figure).orElseThrow();
  }
}
