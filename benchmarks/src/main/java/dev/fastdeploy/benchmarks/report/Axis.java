package dev.fastdeploy.benchmarks.report;

/**
 * An axis of a chart.
 *
 * @param title one line
 * @param unit such as {@code ms}; empty for none
 * @param scale the scale of the figures
 */
public record Axis(String title, String unit, Scale scale) {

  /** The scale of the figures. */
  public enum Scale {
    /** Equal differences take equal space. An axis of bars and areas begins at zero. */
    LINEAR,
    /** Equal ratios take equal space. All figures are positive. */
    LOGARITHMIC
  }

  /**
   * @throws IllegalArgumentException if the title is empty
   */
  public Axis {
    Checks.line("title of an axis", title);
  }

  /** An axis on which equal differences take equal space. */
  public static Axis linear(String title, String unit) {
    return new Axis(title, unit, Scale.LINEAR);
  }

  /** An axis on which equal ratios take equal space. */
  public static Axis logarithmic(String title, String unit) {
    return new Axis(title, unit, Scale.LOGARITHMIC);
  }

  /** For people: {@code time (ms)}. */
  String label() {
    return unit.isEmpty() ? title : title + " (" + unit + ")";
  }

  void mustShow(String chart, double value) {
    Checks.finite("figure in chart '" + chart + "'", value);
    if (scale == Scale.LOGARITHMIC && value <= 0) {
      throw new IllegalArgumentException(
          "chart '"
              + chart
              + "' shows "
              + value
              + " on the logarithmic axis '"
              + title
              + "': use a linear one, or leave the figure out");
    }
  }
}
