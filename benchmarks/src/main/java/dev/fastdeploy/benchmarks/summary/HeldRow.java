package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The deploys of one way to one service under one load.
 *
 * @param service its label
 * @param connections their kind
 * @param load requests a second
 * @param java the version of the service's JDK
 * @param way its label
 * @param deploys in order
 */
record HeldRow(
    String service, String connections, String load, String java, String way, Selection deploys) {

  private static final List<Figure> LOSSES =
      List.of(
          Figure.REFUSED,
          Figure.RESET,
          Figure.ENDED_EARLY,
          Figure.TIMED_OUT,
          Figure.OTHER_ANSWER,
          Figure.OTHER_LOSS);

  static HeldRow of(Sample sample, Selection deploys) {
    return new HeldRow(
        sample.parameter("service"),
        sample.parameter("connections"),
        sample.parameter("load"),
        sample.parameter("java"),
        sample.parameter("strategy"),
        deploys);
  }

  /** Returns the cells that name it. */
  List<Cell> names() {
    return List.of(
        Cell.text(service),
        Cell.text(connections),
        Cell.text(load),
        Cell.text(java),
        Cell.text(way));
  }

  /** Returns the number of deploys that took place. */
  int count() {
    return deploys.values(Figure.SENT).size();
  }

  /** Returns a count over all deploys. */
  double sum(Figure figure) {
    return deploys.values(figure).stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Returns a count over all deploys, or why there is none. */
  Cell total(Figure figure) {
    return count() == 0
        ? Cell.notApplicable(deploys.obstacle())
        : Cell.text(Words.whole(sum(figure)));
  }

  /** Returns how requests were lost, the ways in which none was lost left out. */
  String losses() {
    List<String> parts = new ArrayList<>();
    for (Figure loss : LOSSES) {
      if (sum(loss) > 0) {
        parts.add(Words.whole(sum(loss)) + " " + loss.title().toLowerCase(Locale.ROOT));
      }
    }
    return String.join(", ", parts);
  }

  /** Returns in how many deploys no request waited for longer than is aimed at. */
  Cell withinAim() {
    List<Sample> judged =
        deploys.samples().stream()
            .filter(sample -> sample.succeeded() && sample.figure(Figure.WAIT_AIM).isPresent())
            .toList();
    long within =
        judged.stream()
            .filter(
                sample ->
                    sample.figure(Figure.LONGEST_WAIT).orElseThrow()
                        <= sample.figure(Figure.WAIT_AIM).orElseThrow())
            .count();
    return judged.isEmpty()
        ? Cell.notApplicable("it tells no phases")
        : Cell.text(within + " of " + judged.size());
  }

  /** Returns a figure, or says that the way does not tell it. */
  Cell told(Figure figure) {
    return count() > 0 && deploys.values(figure).isEmpty()
        ? Cell.notApplicable("it does not say")
        : deploys.cell(figure);
  }

  /** Returns the time until the latency was back, or says how often it was not back in time. */
  Cell back() {
    int late = count() - deploys.values(Figure.P99_BACK).size();
    return late == 0
        ? deploys.cell(Figure.P99_BACK)
        : Cell.notApplicable(late + " of " + count() + " were not back in the time watched");
  }
}
