package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Block;
import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Column;
import dev.fastdeploy.benchmarks.report.Prose;
import dev.fastdeploy.benchmarks.report.Section;
import dev.fastdeploy.benchmarks.report.Table;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What becomes of requests and connections that last over a deploy. */
final class SlowClientsSection {

  private static final String WHAT =
      "Each row is one deploy with clients of one kind, whose request or connection is there when"
          + " the drain begins. *Told* are those that the server ended in the protocol's own way, so"
          + " that nothing was lost; the times of the first and the last end leave out whole"
          + " answers, and count from the drain on. The wait is that of whole answers.";

  private static final List<Figure> ENDINGS =
      List.of(
          Figure.ENDED_EARLY, Figure.RESET, Figure.REFUSED, Figure.TIMED_OUT, Figure.OTHER_LOSS);

  private static final List<Figure> FIGURES =
      List.of(Figure.SENT, Figure.ANSWERED, Figure.TOLD, Figure.FAILED);

  private static final List<Figure> TIMES =
      List.of(
          Figure.FIRST_END, Figure.LAST_END, Figure.LONGEST_WAIT, Figure.DRAIN, Figure.NEXT_READY);

  private SlowClientsSection() {}

  static Section of(Measured measured) {
    List<Sample> samples = measured.slowClients();
    List<Block> blocks = new ArrayList<>();
    if (!samples.isEmpty()) {
      blocks.add(Prose.of(WHAT));
      blocks.add(table(samples));
    }
    return new Section("slow-clients", "Clients that last over a deploy", blocks);
  }

  private static Table table(List<Sample> samples) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.words("service"), Column.figures("pre-drain", "s"), Column.words("client")));
    FIGURES.forEach(figure -> columns.add(Column.figures(figure.title(), "")));
    columns.add(Column.words("how"));
    TIMES.forEach(figure -> columns.add(Column.figures(figure.title(), figure.unit())));
    return new Table(
        "What became of them", columns, samples.stream().map(SlowClientsSection::row).toList());
  }

  private static List<Cell> row(Sample sample) {
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.text(sample.parameter("service")),
                Cell.text(sample.parameter("pre-drain")),
                Cell.text(sample.parameter("client"))));
    FIGURES.forEach(figure -> cells.add(figure(sample, figure)));
    cells.add(Cell.text(how(sample)));
    TIMES.forEach(figure -> cells.add(figure(sample, figure)));
    return cells;
  }

  private static Cell figure(Sample sample, Figure figure) {
    return sample.figure(figure).isPresent()
        ? Cell.text(Words.whole(sample.figure(figure).orElseThrow()))
        : Cell.notApplicable("there was none");
  }

  private static String how(Sample sample) {
    List<String> parts = new ArrayList<>();
    for (Figure ending : ENDINGS) {
      double count = sample.figure(ending).orElse(0);
      if (count > 0) {
        parts.add(Words.whole(count) + " " + ending.title().toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", parts);
  }
}
