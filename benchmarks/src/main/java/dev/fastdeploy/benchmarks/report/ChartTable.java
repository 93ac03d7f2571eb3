package dev.fastdeploy.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The figures of a chart for those who do not see it. */
final class ChartTable {

  private static final int MOST_ROWS = 12;

  private ChartTable() {}

  /**
   * All bars; of lines all points, or if there are too many to read, some at equal distances.
   *
   * @return empty if there are too many points at too many different places
   */
  static Optional<Table> of(Chart chart) {
    return chart instanceof BarChart bars ? Optional.of(bars(bars)) : lines((LineChart) chart);
  }

  private static Table bars(BarChart chart) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words(chart.groupTitle()));
    chart.series().forEach(one -> columns.add(Column.figures(one.name(), chart.values().unit())));
    List<List<Cell>> rows = new ArrayList<>();
    for (String group : chart.groups()) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(group));
      for (BarSeries one : chart.series()) {
        Spread bar = one.bars().get(group);
        row.add(bar == null ? Cell.text("") : Cell.measured(bar));
      }
      rows.add(row);
    }
    return new Table(chart.title(), columns, rows);
  }

  private static Optional<Table> lines(LineChart chart) {
    NavigableSet<Double> all = new TreeSet<>();
    chart.series().forEach(one -> all.addAll(one.xs()));
    if (all.size() <= MOST_ROWS) {
      return Optional.of(lines(chart, List.copyOf(all), chart.title()));
    }
    boolean shared = chart.series().stream().allMatch(one -> all.equals(new TreeSet<>(one.xs())));
    if (!shared) {
      return Optional.empty();
    }
    String caption = chart.title() + " (" + MOST_ROWS + " of " + all.size() + " points)";
    return Optional.of(lines(chart, some(all), caption));
  }

  /** The first, the last, and between them what lies nearest to equal distances. */
  private static List<Double> some(NavigableSet<Double> all) {
    double first = all.first();
    double step = (all.last() - first) / (MOST_ROWS - 1);
    TreeSet<Double> some = new TreeSet<>();
    for (int i = 0; i < MOST_ROWS; i++) {
      some.add(nearest(all, first + i * step));
    }
    return List.copyOf(some);
  }

  private static double nearest(NavigableSet<Double> all, double wanted) {
    Double below = all.floor(wanted);
    Double above = all.ceiling(wanted);
    if (below == null || above == null) {
      return below == null ? all.first() : all.last();
    }
    return wanted - below <= above - wanted ? below : above;
  }

  private static Table lines(LineChart chart, List<Double> xs, String caption) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(chart.x().title(), chart.x().unit(), Column.Alignment.RIGHT));
    chart.series().forEach(one -> columns.add(Column.figures(one.name(), chart.y().unit())));
    List<Map<Double, Double>> values =
        chart.series().stream().map(one -> one.points().stream().collect(lastOfEachX())).toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (Double x : xs) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.number(x));
      for (Map<Double, Double> series : values) {
        Double y = series.get(x);
        row.add(y == null ? Cell.text("") : Cell.number(y));
      }
      rows.add(row);
    }
    return new Table(caption, columns, rows);
  }

  private static Collector<Point, ?, Map<Double, Double>> lastOfEachX() {
    return Collectors.toMap(Point::x, Point::y, (earlier, later) -> later);
  }
}
