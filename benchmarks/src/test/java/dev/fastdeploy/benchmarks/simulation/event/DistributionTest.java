package dev.fastdeploy.benchmarks.simulation.event;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {

  static List<Distribution> all() {
    return List.of(
        Distribution.NONE,
        new Distribution.Constant(ofSeconds(3)),
        new Distribution.Uniform(ofSeconds(1), ofSeconds(3)),
        new Distribution.Exponential(ofSeconds(30)),
        new Distribution.Part(new Distribution.Uniform(ofSeconds(1), ofSeconds(3)), 50),
        new Distribution.Samples(List.of(1L, 5L, 5L, 100L)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aHigherQuantileIsNeverShorterAndNeverOverTheLongest(Distribution distribution) {
    long before = 0;
    for (int i = 0; i < 1000; i++) {
      long millis = distribution.millis(i / 1000.0);
      assertThat(millis).isBetween(before, distribution.longest());
      before = millis;
    }
  }

  @Test
  void quantilesAreThoseOfTheirFormulas() {
    Distribution uniform = new Distribution.Uniform(ofSeconds(10), ofSeconds(30));
    assertThat(uniform.millis(0)).isEqualTo(10_000);
    assertThat(uniform.millis(0.25)).isEqualTo(15_000);
    Distribution exponential = new Distribution.Exponential(ofSeconds(30));
    assertThat(exponential.millis(0.9)).isEqualTo(Math.round(30_000 * Math.log(10)));
    assertThat(new Distribution.Part(uniform, 50).millis(0.25)).isEqualTo(7_500);
  }

  @Test
  void eachSampleIsAsLikely() {
    Distribution samples = new Distribution.Samples(List.of(1L, 2L, 30L, 40L));

    assertThat(List.of(0.0, 0.25, 0.5, 0.75))
        .extracting(samples::millis)
        .containsExactly(1L, 2L, 30L, 40L);
  }

  @Test
  void drawsFollowTheDistribution() {
    Draws draws = new Draws(7);
    Distribution exponential = new Distribution.Exponential(ofSeconds(30));

    double mean = 0;
    for (int i = 0; i < 100_000; i++) {
      mean += exponential.millis(draws.of(What.ONE, i)) / 100_000.0;
    }

    assertThat(mean).isCloseTo(30_000, within(300.0));
  }

  @Test
  void drawsDependOnSeedThingAndWhomAndOnNothingElse() {
    double draw = new Draws(7).of(What.ONE, 3);

    assertThat(new Draws(7).of(What.ONE, 3)).isEqualTo(draw);
    assertThat(new Draws(8).of(What.ONE, 3)).isNotEqualTo(draw);
    assertThat(new Draws(7).of(What.OTHER, 3)).isNotEqualTo(draw);
    assertThat(new Draws(7).of(What.ONE, 4)).isNotEqualTo(draw);
  }

  @Test
  void impossibleDurationsAreRefused() {
    Duration negative = Duration.ofMillis(-1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution.Constant(negative));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Uniform(ofSeconds(2), ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Exponential(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> new Distribution.Samples(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Samples(List.of(2L, 1L)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distribution.Part(Distribution.NONE, 101));
  }

  private enum What {
    ONE,
    OTHER
  }
}
