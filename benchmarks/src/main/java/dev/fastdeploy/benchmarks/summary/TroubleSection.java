package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/** The failures of the measurements themselves. */
final class TroubleSection {

  private TroubleSection() {}

  static Section of(Measured measured) {
    List<Block> blocks = new ArrayList<>();
    if (!measured.results().complete()) {
      blocks.add(Prose.of("The run was stopped early: what is missing was not measured."));
    }
    if (!measured.results().failures().isEmpty()) {
      blocks.add(
          new Table(
              "Runs that were not completed",
              List.of(Column.words("run"), Column.words("reason")),
              measured.results().failures().stream()
                  .map(failure -> List.of(Cell.text(failure.run()), Cell.text(failure.reason())))
                  .toList()));
    }
    return new Section("failures", "What failed", blocks);
  }
}
