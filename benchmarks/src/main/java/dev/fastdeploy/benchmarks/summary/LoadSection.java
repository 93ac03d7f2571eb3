package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.load.Disturbance;
import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import java.util.ArrayList;
import java.util.List;

/** The effects that clients notice. */
final class LoadSection {

  private LoadSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    List<List<Cell>> rows = ReloadRows.of(measured, true, (way, runs) -> figures(runs));
    if (!rows.isEmpty()) {
      blocks.add(what(measured));
      blocks.add(
          new Table(
              "One instance under steady load while it is reloaded",
              List.of(
                  Column.words("service"),
                  Column.words("strategy"),
                  Column.figures("requests failed", ""),
                  Column.figures("of", ""),
                  Column.figures("longest gap", "ms"),
                  Column.figures("first answer", "ms"),
                  Column.figures("p99 before", "ms"),
                  Column.figures("p99 back after", "ms")),
              rows));
      FirstAnswerSection.bars(
              measured, "gap-chart", Figure.GAP, true, "Longest time without a good answer")
          .ifPresent(blocks::add);
    }
    return new Section("load", "Under load", blocks);
  }

  private static Prose what(Measured measured) {
    return Prose.of(
        "Requests arrive at fixed times, "
            + measured.load()
            + " a second, each on a connection of its own and tried once; latency counts from when"
            + " a request was due. A request fails if it is not answered in full with 200. The 99th"
            + " percentile counts as back at the beginning of the first second in which every"
            + " answer was good, came from the new commit, and the percentile was within "
            + Words.number(Disturbance.FACTOR)
            + " times of what it was before, or below "
            + Words.millis(Disturbance.FLOOR_NANOS / 1e6)
            + ". This is a single instance: behind a load balancer that knows of the reload, most"
            + " of the failed requests would have gone to other instances.");
  }

  private static List<Cell> figures(Selection runs) {
    return List.of(
        runs.cell(Figure.FAILED),
        runs.cell(Figure.SENT),
        runs.cell(Figure.GAP),
        runs.cell(Figure.FIRST_ANSWER),
        runs.cell(Figure.P99_BEFORE),
        back(runs));
  }

  /** Returns the time until the latency was back, or says how often it was not back in time. */
  private static Cell back(Selection runs) {
    long late =
        runs.samples().stream()
            .filter(sample -> sample.succeeded() && sample.figure(Figure.P99_BACK).isEmpty())
            .count();
    return late == 0
        ? runs.cell(Figure.P99_BACK)
        : Cell.notApplicable(
            late + " of " + runs.samples().size() + " were not back in the time watched");
  }
}
