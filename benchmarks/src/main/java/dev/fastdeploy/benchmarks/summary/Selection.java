package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.report.Cell;
import dev.fastdeploy.benchmarks.report.Spread;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import java.util.List;
import java.util.Optional;

/**
 * Samples of one thing.
 *
 * @param samples in the order in which they were taken
 */
record Selection(List<Sample> samples) {

  Selection {
    samples = List.copyOf(samples);
  }

  /** Returns a figure's values in those samples that did what they were asked for. */
  List<Double> values(Figure figure) {
    return samples.stream()
        .filter(Sample::succeeded)
        .flatMap(sample -> sample.figure(figure).stream().boxed())
        .toList();
  }

  /** Returns their spread, or empty if there are none. */
  Optional<Spread> spread(Figure figure) {
    List<Double> values = values(figure);
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /** Returns their median, or empty if there are none. */
  Optional<Double> median(Figure figure) {
    return spread(figure).map(Spread::median);
  }

  /** Returns a table's cell for them. */
  Cell cell(Figure figure) {
    return spread(figure).map(Cell::measured).orElseGet(() -> Cell.notApplicable(obstacle()));
  }

  /** Returns why there is no figure. */
  String obstacle() {
    return samples.stream()
        .map(sample -> sample.refusal().isEmpty() ? sample.failure() : sample.refusal())
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElse("not measured");
  }

  /** Returns whether nothing was tried. */
  boolean isEmpty() {
    return samples.isEmpty();
  }
}
