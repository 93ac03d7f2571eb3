package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Axis;
import dev.fastdeploy.benchmarks.report.BarChart;
import dev.fastdeploy.benchmarks.report.BarSeries;
import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Spread;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The time until the new code answers. */
final class FirstAnswerSection {

  private static final Prose WHAT =
      Prose.of(
          "All get the same commit, in which the body of one method differs. Each measurement has a"
              + " fresh, warm service without load. The release was laid out before the request,"
              + " which is timed separately. `settled` is when fastdeploy itself calls the deploy"
              + " proven; the shell loop and DevTools never do.");

  private FirstAnswerSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    List<List<Cell>> rows = ReloadRows.of(measured, false, FirstAnswerSection::figures);
    if (!rows.isEmpty()) {
      blocks.add(WHAT);
      blocks.add(
          new Table(
              "From the request to the first answer of the new commit",
              List.of(
                  Column.words("service"),
                  Column.words("strategy"),
                  Column.figures("stage, before", "ms"),
                  Column.figures("first answer", "ms"),
                  Column.figures("settled", "ms")),
              rows));
      bars(measured, "first-answer-chart", Figure.FIRST_ANSWER, false, "From request to answer")
          .ifPresent(blocks::add);
    }
    return new Section("first-answer", "Time to the first answer", blocks);
  }

  private static List<Cell> figures(Way way, Selection runs) {
    return List.of(
        runs.cell(Figure.STAGE),
        runs.cell(Figure.FIRST_ANSWER),
        way.strategy() ? runs.cell(Figure.SETTLED) : Cell.notApplicable("it does not say"));
  }

  /** Draws a figure of single reloads as bars: ways by service, on a logarithmic axis. */
  static java.util.Optional<Block> bars(
      Measured measured, String id, Figure figure, boolean loaded, String title) {
    List<BarSeries> series = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.RELOAD)) {
      Map<String, Spread> bars = new LinkedHashMap<>();
      for (Way way : Way.values()) {
        measured
            .reloads(way, service, loaded)
            .spread(figure)
            .filter(spread -> spread.min() > 0)
            .ifPresent(spread -> bars.put(way.label(), spread));
      }
      if (!bars.isEmpty()) {
        series.add(new BarSeries(service.label(), bars));
      }
    }
    return series.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            new BarChart(
                id,
                title,
                "strategy",
                Arrays.stream(Way.values()).map(Way::label).toList(),
                Axis.logarithmic(figure.title(), figure.unit()),
                series));
  }
}
