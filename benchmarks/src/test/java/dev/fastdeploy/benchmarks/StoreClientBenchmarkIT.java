package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An instance really stages from the server, where it was told to. */
@Timeout(180)
class StoreClientBenchmarkIT {

  private final StoreClientBenchmark benchmark = new StoreClientBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  @BeforeEach
  void small() {
    benchmark.warmup = 50;
    benchmark.calm = 500;
    benchmark.rest = 10;
    benchmark.load = 50;
  }

  private Sample staged(String in) throws Exception {
    benchmark.in = in;
    benchmark.publish();
    benchmark.start();
    assertThat(benchmark.stage()).isEqualTo("demo-body-2");
    benchmark.measure();
    return benchmark.lastSample();
  }

  @Test
  void aProcessOfItsOwnTakesWhatTheServiceDoesNot() throws Exception {
    Sample sample = staged("process");

    assertThat(figure(sample, Figure.HELPERS_PEAK)).isBetween(20.0, 300.0);
    assertThat(figure(sample, Figure.HELPERS_PROCESSOR)).isPositive();
    assertThat(figure(sample, Figure.METASPACE) - figure(sample, Figure.METASPACE_BEFORE))
        .as("metaspace of the AWS SDK")
        .isLessThan(5);
    assertThat(figure(sample, Figure.P99_DURING)).isPositive();
    assertThat(figure(sample, Figure.SERVICE_MEMORY)).isBetween(10.0, 500.0);
  }

  @Test
  void theServiceTakesItItself() throws Exception {
    Sample sample = staged("service");

    assertThat(figure(sample, Figure.HELPERS_PEAK)).isZero();
    assertThat(figure(sample, Figure.METASPACE) - figure(sample, Figure.METASPACE_BEFORE))
        .as("metaspace of the AWS SDK")
        .isGreaterThan(5);
  }

  private static double figure(Sample sample, Figure figure) {
    return sample.figure(figure).orElseThrow();
  }
}
