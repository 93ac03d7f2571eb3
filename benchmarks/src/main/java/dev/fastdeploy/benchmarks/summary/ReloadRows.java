package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table on single reloads: one for each service and way that was measured. */
final class ReloadRows {

  private ReloadRows() {}

  /** What a table tells of the runs of a way with one service. */
  interface Figures {

    /** The cells behind the names of service and way. */
    List<Cell> of(Way way, Selection runs);
  }

  /** All rows, each with the names of service and way before its figures. */
  static List<List<Cell>> of(Measured measured, boolean loaded, Figures figures) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.RELOAD)) {
      for (Way way : measured.ways(BenchmarkName.RELOAD, service)) {
        Selection runs = measured.reloads(way, service, loaded);
        if (!runs.isEmpty()) {
          List<Cell> row = new ArrayList<>();
          row.add(Cell.text(service.label()));
          row.add(Cell.text(way.label()));
          row.addAll(figures.of(way, runs));
          rows.add(row);
        }
      }
    }
    return rows;
  }
}
