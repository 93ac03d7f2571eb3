package dev.fastdeploy.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Reports with invented figures, for tests of how reports look. */
final class Reports {

  private Reports() {}

  /** One of everything. */
  static Report everything() {
    return new Report(
        "Reload strategies, measured against each other",
        "Which way of getting new code into a running JVM service is best? Invented figures, to"
            + " look at how a report is laid out; the code is `HtmlReport`.",
        List.of(
            Section.of("answer", "Request to first answer", strategies(), firstAnswer()),
            Section.of(
                "many",
                "After many reloads",
                Prose.of(
                    "Memory is PSS after a collection. What a strategy leaves behind grows with"
                        + " every reload; see `module`."),
                memory(),
                gaps()),
            Section.of("simulation", "4,000 instances", rollout(), delays()),
            new Section("machine", "Machine and versions", Machine.here().section().blocks())));
  }

  static Table strategies() {
    return new Table(
        "From the request to the first answer of the new commit",
        List.of(
            Column.words("Strategy"),
            Column.figures("demo-service", "ms"),
            Column.figures("Spring Boot", "ms"),
            Column.figures("Requests failed", "")),
        List.of(
            row("process", measured(182, 171, 204), measured(2224, 2105, 2533), Cell.number(0)),
            row("module", measured(9.37, 8.12, 14.9), measured(2412, 2303, 2610), Cell.number(3)),
            row(
                "redefine",
                measured(4.21, 3.98, 6.07),
                Cell.notApplicable("the change adds a bean, which is no plain method body"),
                Cell.number(0)),
            row(
                "TERM and start",
                measured(312, 288, 420),
                measured(5038, 4870, 5400),
                Cell.number(1051))));
  }

  static BarChart firstAnswer() {
    return new BarChart(
        "first-answer",
        "Request to first answer, logarithmic",
        "Strategy",
        List.of("process", "module", "redefine", "TERM and start again"),
        Axis.logarithmic("Time", "ms"),
        List.of(
            new BarSeries(
                "demo-service",
                Map.of(
                    "process", spread(182, 171, 204),
                    "module", spread(9.37, 8.12, 14.9),
                    "redefine", spread(4.21, 3.98, 6.07),
                    "TERM and start again", spread(312, 288, 420))),
            new BarSeries(
                "Spring Boot",
                Map.of(
                    "process", spread(2224, 2105, 2533),
                    "module", spread(2412, 2303, 2610),
                    "TERM and start again", spread(5038, 4870, 5400)))));
  }

  static BarChart gaps() {
    return new BarChart(
        "gaps",
        "Longest gap under load",
        "Strategy",
        List.of("process", "module"),
        Axis.linear("Gap", "s"),
        List.of(
            new BarSeries(
                "Gap", Map.of("process", spread(0.1, 0.08, 0.31), "module", spread(2.3, 2, 2.8)))));
  }

  static LineChart memory() {
    return new LineChart(
        "memory",
        "Memory after 1, 10 and 50 reloads",
        LineChart.Shape.LINES,
        Axis.logarithmic("Reloads", ""),
        Axis.linear("Memory", "MB"),
        List.of(
            new LineSeries("process", List.of(p(1, 210), p(10, 212), p(50, 209))),
            new LineSeries("module", List.of(p(1, 228), p(10, 301), p(50, 560))),
            new LineSeries("redefine", List.of(p(1, 205), p(10, 207)))));
  }

  static LineChart rollout() {
    return new LineChart(
        "rollout",
        "Instances by commit during a rolling update",
        LineChart.Shape.STACKED_STEPS,
        Axis.linear("Time", "min"),
        Axis.linear("Instances", ""),
        List.of(
            series("old commit", t -> 4000 * Math.max(0, 1 - t / 31)),
            series("new commit", t -> 4000 * Math.min(1, t / 31)),
            series("draining", t -> t < 33 ? 160 * Math.min(1, t) : 0)));
  }

  static LineChart delays() {
    return new LineChart(
        "delays",
        "Share on the new commit",
        LineChart.Shape.STEPS,
        Axis.linear("Time", "min"),
        Axis.linear("Share", "%"),
        List.of(
            series("rolling update", t -> 100 * Math.min(1, t / 31)),
            series("fastdeploy", t -> 100 * Math.min(1, t / 2))));
  }

  private static LineSeries series(String name, DoubleUnaryOperator value) {
    List<Point> points = new ArrayList<>();
    for (int half = 0; half <= 72; half++) {
      points.add(p(half / 2.0, Math.rint(value.applyAsDouble(half / 2.0))));
    }
    return new LineSeries(name, points);
  }

  private static List<Cell> row(String name, Cell... cells) {
    List<Cell> row = new ArrayList<>();
    row.add(Cell.text(name));
    row.addAll(List.of(cells));
    return row;
  }

  private static Cell measured(double median, double min, double max) {
    return Cell.measured(spread(median, min, max));
  }

  private static Spread spread(double median, double min, double max) {
    return new Spread(median, min, max, 10);
  }

  private static Point p(double x, double y) {
    return new Point(x, y);
  }
}
