package dev.fastdeploy.benchmarks.report;

import java.util.HashSet;
import java.util.List;

/**
 * Medians as bars side by side, with a line from the smallest to the largest measurement.
 *
 * @param id names the chart in its report
 * @param title what the chart shows
 * @param groupTitle what the groups are, such as {@code strategy}
 * @param groups their names, in the order of the axis
 * @param values what the bars' lengths mean
 * @param series one bar a group each, in one colour
 */
public record BarChart(
    String id,
    String title,
    String groupTitle,
    List<String> groups,
    Axis values,
    List<BarSeries> series)
    implements Chart {

  /**
   * @throws IllegalArgumentException if a title is empty, there is no group or no series, two of
   *     them have the same name, a series has a bar for an unknown group, or a figure cannot be
   *     shown on a logarithmic axis
   */
  public BarChart {
    Checks.id("chart", id);
    Checks.line("title of chart '" + id + "'", title);
    Checks.line("title of the groups of chart '" + id + "'", groupTitle);
    groups = List.copyOf(groups);
    series = List.copyOf(series);
    Checks.names("groups of chart '" + id + "'", groups);
    Checks.names("series of chart '" + id + "'", series.stream().map(BarSeries::name).toList());
    for (BarSeries one : series) {
      mustKnow(id, groups, one);
      for (Spread bar : one.bars().values()) {
        values.mustShow(id, bar.min());
      }
    }
  }

  private static void mustKnow(String id, List<String> groups, BarSeries series) {
    var unknown = new HashSet<>(series.bars().keySet());
    unknown.removeAll(groups);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "series '"
              + series.name()
              + "' of chart '"
              + id
              + "' has bars for "
              + unknown
              + "; the groups are "
              + groups);
    }
  }
}
