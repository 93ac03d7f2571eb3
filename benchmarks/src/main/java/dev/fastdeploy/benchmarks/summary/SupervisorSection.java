package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.supervision.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The launcher compared with other supervisors. */
final class SupervisorSection {

  private static final String WHAT =
      "Each supervisor runs the same child, a script, at the same time; in a round each child in"
          + " turn ends and is started again. The time is from the last output of a child to the"
          + " first of the next one, so it includes the start of a shell: the three-line loop shows"
          + " how much that is. The launcher treats the child as a service without an agent that"
          + " asks for a restart by its exit code. Memory is the supervisor's own; nothing was"
          + " deployed.";

  private SupervisorSection() {}

  static Section of(Measured measured) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Peer peer : Peer.values()) {
      Selection rounds = measured.supervisors(peer);
      if (!rounds.isEmpty()) {
        rows.add(row(peer, rounds));
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (!rows.isEmpty()) {
      blocks.add(Prose.of(WHAT));
      blocks.add(table(rows));
      aboveTheLoop(measured).ifPresent(blocks::add);
    }
    return new Section("supervisors", "The launcher and other supervisors", blocks);
  }

  private static List<Cell> row(Peer peer, Selection rounds) {
    return List.of(
        Cell.text(peer.label()),
        peer.restarts()
            ? rounds.cell(Figure.RESTART_GAP)
            : Cell.notApplicable("it does not restart"),
        rounds.cell(Figure.RESIDENT),
        rounds.cell(Figure.PRIVATE_DIRTY));
  }

  private static Table table(List<List<Cell>> rows) {
    return new Table(
        "From the end of a child to the start of the next",
        List.of(
            Column.words("supervisor"),
            Column.figures(Figure.RESTART_GAP.title(), "ms"),
            Column.figures(Figure.RESIDENT.title(), "MB"),
            Column.figures(Figure.PRIVATE_DIRTY.title(), "MB")),
        rows);
  }

  private static Optional<Prose> aboveTheLoop(Measured measured) {
    Optional<Double> launcher = measured.supervisors(Peer.FASTDEPLOY).median(Figure.RESTART_GAP);
    Optional<Double> loop = measured.supervisors(Peer.SHELL).median(Figure.RESTART_GAP);
    return launcher.isEmpty() || loop.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Prose.of(
                "The aim is at most 5 ms from the end to the next start. The launcher takes "
                    + Words.millis(launcher.get())
                    + ", "
                    + Words.difference(
                        launcher.get() - loop.get(),
                        "ms",
                        "less than the loop",
                        "more than the loop")
                    + "."));
  }
}
