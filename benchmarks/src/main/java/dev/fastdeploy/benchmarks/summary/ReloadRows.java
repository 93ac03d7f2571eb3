package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table on single reloads: one for each measured service and way. */
final class ReloadRows {

  private ReloadRows() {}

  /** The figures of a table's row: the runs of a way with a service. */
  interface Figures {

    /** Returns the cells after the names of service and way. */
    List<Cell> of(Way way, Selection runs);
  }

  /** Returns all rows, each with the names of service and way before its figures. */
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
