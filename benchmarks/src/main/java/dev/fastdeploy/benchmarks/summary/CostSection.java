package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import java.util.ArrayList;
import java.util.List;

/** The resources that one reload takes. */
final class CostSection {

  private static final List<Figure> FIGURES =
      List.of(
          Figure.PROCESSOR,
          Figure.MEMORY_BEFORE,
          Figure.MEMORY,
          Figure.METASPACE_BEFORE,
          Figure.METASPACE,
          Figure.LOADERS_BEFORE,
          Figure.LOADERS,
          Figure.OLD_LOADERS);

  private static final Prose WHAT =
      Prose.of(
          "Processor time is that of all processes (launcher, service, shell, including those that"
              + " have ended) from the request until three seconds after the first answer. Memory"
              + " is the proportional set size of all processes, after two full collections of the"
              + " service's JVM. Class loaders are those alive in that JVM; `old` are those of"
              + " earlier releases that the collections did not free.");

  private CostSection() {}

  static Section of(Measured measured) {
    List<List<Cell>> rows =
        ReloadRows.of(measured, false, (way, runs) -> FIGURES.stream().map(runs::cell).toList());
    List<Block> blocks = rows.isEmpty() ? List.of() : List.of(WHAT, table(rows));
    return new Section("cost", "Processor time, memory and class loaders of one reload", blocks);
  }

  private static Table table(List<List<Cell>> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("service"));
    columns.add(Column.words("strategy"));
    FIGURES.forEach(figure -> columns.add(Column.figures(figure.title(), figure.unit())));
    return new Table("Without load", columns, rows);
  }
}
