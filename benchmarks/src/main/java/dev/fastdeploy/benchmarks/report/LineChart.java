package dev.fastdeploy.benchmarks.report;

import java.util.List;

/**
 * Several series over the same axis, often time.
 *
 * @param id names the chart in its report
 * @param title what the chart shows
 * @param shape how points become a line or an area
 * @param x the axis to the right
 * @param y the axis upwards
 * @param series in the order of the legend; stacked from the bottom up
 */
public record LineChart(
    String id, String title, Shape shape, Axis x, Axis y, List<LineSeries> series)
    implements Chart {

  /** The shape that points become. */
  public enum Shape {
    /** Straight lines from point to point. */
    LINES,
    /** A value holds until the next point. */
    STEPS,
    /** Areas on top of each other, in which a value holds until the next point. */
    STACKED_STEPS;

    /** Returns whether the series are stacked. */
    public boolean stacked() {
      return this == STACKED_STEPS;
    }
  }

  /**
   * @throws IllegalArgumentException if a title is empty, there is no series, two have the same
   *     name, a figure cannot be shown on a logarithmic axis, or the series are stacked and do not
   *     share all x, or the y axis is logarithmic
   */
  public LineChart {
    Checks.id("chart", id);
    Checks.line("title of chart '" + id + "'", title);
    series = List.copyOf(series);
    Checks.names("series of chart '" + id + "'", series.stream().map(LineSeries::name).toList());
    for (LineSeries one : series) {
      for (Point point : one.points()) {
        x.mustShow(id, point.x());
        y.mustShow(id, point.y());
      }
    }
    if (shape.stacked()) {
      mustStack(id, y, series);
    }
  }

  private static void mustStack(String id, Axis y, List<LineSeries> series) {
    if (y.scale() == Axis.Scale.LOGARITHMIC) {
      throw new IllegalArgumentException(
          "chart '" + id + "' stacks on a logarithmic axis: use a linear one");
    }
    List<Double> expected = series.get(0).xs();
    for (LineSeries one : series) {
      if (!one.xs().equals(expected)) {
        throw new IllegalArgumentException(
            "chart '"
                + id
                + "' stacks '"
                + one.name()
                + "' on '"
                + series.get(0).name()
                + "', and their points are at different x: give both the same");
      }
    }
  }
}
