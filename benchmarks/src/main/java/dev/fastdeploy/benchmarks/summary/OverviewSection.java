package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table that answers the question: one row per way, with the medians that matter. */
final class OverviewSection {

  private OverviewSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.RELOAD)) {
      List<List<Cell>> rows = new ArrayList<>();
      for (Way way : measured.ways(BenchmarkName.RELOAD, service)) {
        rows.add(row(measured, service, way));
      }
      blocks.add(table(service, rows));
    }
    return new Section("overview", "At a glance", blocks);
  }

  private static Table table(ServiceKind service, List<List<Cell>> rows) {
    return new Table(
        "Medians on " + service.label(),
        List.of(
            Column.words("strategy"),
            Column.figures("first answer", "ms"),
            Column.figures("failed under load", ""),
            Column.figures("longest gap", "ms"),
            Column.figures("processor", "s"),
            Column.figures("memory after", "MB"),
            Column.figures("kinds of commit taken", ""),
            Column.figures("old loaders after a series", "")),
        rows);
  }

  private static List<Cell> row(Measured measured, ServiceKind service, Way way) {
    Selection quiet = measured.reloads(way, service, false);
    Selection loaded = measured.reloads(way, service, true);
    return List.of(
        Cell.text(way.label()),
        median(quiet, Figure.FIRST_ANSWER),
        median(loaded, Figure.FAILED),
        median(loaded, Figure.GAP),
        median(quiet, Figure.PROCESSOR),
        median(quiet, Figure.MEMORY),
        kinds(way, Kinds.of(measured, service, way)),
        leaked(LastLook.of(measured, service, way)));
  }

  private static Cell median(Selection runs, Figure figure) {
    return runs.median(figure)
        .map(Cell::number)
        .orElseGet(() -> Cell.notApplicable(runs.obstacle()));
  }

  private static Cell kinds(Way way, Kinds kinds) {
    return kinds.tried() == 0
        ? Cell.notApplicable(
            way == Way.SHELL || way == Way.ARCHIVE ? "as `process`" : "not measured")
        : Cell.text(kinds.taken() + " of " + kinds.tried());
  }

  private static Cell leaked(Optional<LastLook> look) {
    return look.isEmpty()
        ? Cell.notApplicable("not measured")
        : Cell.text(Words.number(look.get().oldLoaders()) + " after " + look.get().reloads());
  }
}
