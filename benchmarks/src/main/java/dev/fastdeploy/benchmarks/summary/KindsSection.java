package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.ArrayList;
import java.util.List;

/** The kinds of commit that each way can take. */
final class KindsSection {

  private static final Prose WHAT =
      Prose.of(
          "A commit counts as taken if the service answers with it, which it does only once the"
              + " change itself has taken effect. The times are those of one reload of a hardly"
              + " warmed service. The shell loop starts a new process as `process` does, and can"
              + " take the same commits. With `devtools` a release is staged over the running one,"
              + " so a resource that is read again for each answer takes effect before the"
              + " reload.");

  private KindsSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    List<List<Cell>> reasons = new ArrayList<>();
    for (ServiceKind service : measured.services(BenchmarkName.COMMIT_KIND)) {
      if (blocks.isEmpty()) {
        blocks.add(WHAT);
      }
      blocks.add(table(measured, service, reasons));
    }
    if (!reasons.isEmpty()) {
      blocks.add(
          new Table(
              "Reasons for commits that were not taken",
              List.of(
                  Column.words("service"),
                  Column.words("strategy"),
                  Column.words("commit"),
                  Column.words("reason")),
              reasons));
    }
    return new Section("commits", "Other kinds of commit", blocks);
  }

  private static Table table(Measured measured, ServiceKind service, List<List<Cell>> reasons) {
    List<Way> ways = measured.ways(BenchmarkName.COMMIT_KIND, service);
    List<List<Cell>> rows = new ArrayList<>();
    for (Change change : measured.changes(service)) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(change.words()));
      for (Way way : ways) {
        Selection runs = measured.kinds(way, service, change);
        row.add(cell(runs));
        if (!runs.isEmpty() && runs.values(Figure.FIRST_ANSWER).isEmpty()) {
          reasons.add(
              List.of(
                  Cell.text(service.label()),
                  Cell.text(way.label()),
                  Cell.text(change.words()),
                  Cell.text(runs.obstacle())));
        }
      }
      rows.add(row);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("what differs"));
    ways.forEach(way -> columns.add(Column.figures(way.label(), "ms")));
    return new Table("First answer by kind of commit, on " + service.label(), columns, rows);
  }

  private static Cell cell(Selection runs) {
    if (!runs.values(Figure.FIRST_ANSWER).isEmpty()) {
      return runs.cell(Figure.FIRST_ANSWER);
    }
    if (runs.isEmpty()) {
      return Cell.text("not tried");
    }
    return Cell.text(runs.samples().stream().anyMatch(KindsSection::failed) ? "failed" : "no");
  }

  private static boolean failed(Sample sample) {
    return !sample.failure().isEmpty();
  }
}
