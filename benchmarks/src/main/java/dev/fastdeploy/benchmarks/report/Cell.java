package dev.fastdeploy.benchmarks.report;

import java.util.Collection;

/** The content of a table's cell. */
public sealed interface Cell {

  /**
   * Words, or a figure that was not measured but is known.
   *
   * @param text may be empty
   */
  record Plain(String text) implements Cell {}

  /**
   * A measurement, in the column's unit.
   *
   * @param spread the figures
   */
  record Measured(Spread spread) implements Cell {}

  /**
   * There is no figure.
   *
   * @param reason completes "not applicable, because"; one line
   */
  record NotApplicable(String reason) implements Cell {

    /**
     * @throws IllegalArgumentException if the reason is empty
     */
    public NotApplicable {
      Checks.line("reason why a cell is not applicable", reason);
    }
  }

  /** Words. */
  static Cell text(String text) {
    return new Plain(text);
  }

  /** A figure that was calculated or set, with three significant digits or all before the point. */
  static Cell number(double value) {
    Checks.finite("figure of a cell", value);
    return new Plain(Figures.text(value));
  }

  /** Returns a cell with a measurement. */
  static Cell measured(Spread spread) {
    return new Measured(spread);
  }

  /**
   * Returns a cell with a measurement.
   *
   * @param samples at least one, all finite
   */
  static Cell measured(Collection<Double> samples) {
    return new Measured(Spread.of(samples));
  }

  /** There is no figure, and why. */
  static Cell notApplicable(String reason) {
    return new NotApplicable(reason);
  }
}
