package dev.fastdeploy.benchmarks.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fastdeploy.benchmarks.report.Point;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 2, -1})
  void aPowerIsFound(double power) {
    List<Point> points =
        DoubleStream.of(100, 500, 1_000, 4_000, 20_000)
            .mapToObj(size -> new Point(size, 3 * Math.pow(size, power)))
            .toList();

    assertThat(Exponent.of(points).orElseThrow()).isCloseTo(power, within(1e-9));
  }

  @Test
  void theBestFitLiesBetweenWhatPointsSay() {
    List<Point> points = List.of(new Point(10, 10), new Point(100, 200), new Point(1_000, 1_000));

    assertThat(Exponent.of(points).orElseThrow()).isCloseTo(1, within(1e-9));
  }

  @Test
  void thereIsNoneWithoutTwoSizes() {
    assertThat(Exponent.of(List.of())).isEmpty();
    assertThat(Exponent.of(List.of(new Point(10, 5)))).isEmpty();
    assertThat(Exponent.of(List.of(new Point(10, 5), new Point(10, 6)))).isEmpty();
    assertThat(Exponent.of(List.of(new Point(10, 5), new Point(20, 0)))).isEmpty();
  }
}
