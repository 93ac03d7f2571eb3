package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddle() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9, 3));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(8.0, 1.0, 9.0, 4.0))).isEqualTo(new Spread(6, 1, 9, 4));
  }

  @Test
  void theMedianOfHugeFiguresDoesNotOverflow() {
    double huge = Double.MAX_VALUE;
    assertThat(Spread.of(List.of(huge, huge)).median()).isEqualTo(huge);
  }

  @ParameterizedTest
  @CsvSource({
    "182, 175, 190, '182 (175 to 190, n=10)'",
    "181.6, 174.9, 190.2, '182 (175 to 190, n=10)'",
    "3, 2.6, 3.4, '3.00 (2.60 to 3.40, n=10)'",
    "3, 0, 12, '3 (0 to 12, n=10)'",
    "0, 0, 0.5, '0.000 (0.000 to 0.500, n=10)'",
    "1234567.8, 1, 2345678, '1,234,568 (1 to 2,345,678, n=10)'",
    "-2.5, -3, -1, '-2.50 (-3.00 to -1.00, n=10)'",
  })
  void allThreeAreWrittenWithTheSameDecimals(double median, double min, double max, String text) {
    assertThat(new Spread(median, min, max, 10)).hasToString(text);
  }

  @Test
  void oneMeasurementHasNoRange() {
    assertThat(Spread.once(4.25)).hasToString("4.25 (n=1)");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "0.0012345, 0.00123",
    "9.996, 10",
    "99.96, 100",
    "1051, '1,051'",
    "1051.4, '1,051'",
    "1e-12, 0",
    "-7.25, -7.25",
  })
  void figuresHaveThreeSignificantDigits(double value, String text) {
    assertThat(Figures.text(value)).isEqualTo(text);
  }

  @Test
  void whatCannotBeASpreadIsRefused() {
    assertThatThrownBy(() -> Spread.of(List.of()))
        .hasMessage("the samples of a spread must not be none");
    assertThatThrownBy(() -> Spread.of(List.of(1.0, Double.NaN)))
        .hasMessage("the median must be finite, not NaN");
    assertThatThrownBy(() -> new Spread(5, 1, 4, 3))
        .hasMessage("the median 5.0 does not lie between 1.0 and 4.0");
    assertThatThrownBy(() -> new Spread(1, 1, 1, 0))
        .hasMessage("a spread of 0 samples: it needs at least one");
  }
}
