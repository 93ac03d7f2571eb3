package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.Optional;

/**
 * The last count of a service's class loaders in a series.
 *
 * @param reloads the number of reloads before it
 * @param oldLoaders class loaders of earlier releases that were not collected
 */
record LastLook(int reloads, double oldLoaders) {

  /** Returns the last count, or empty if there was no series or no count. */
  static Optional<LastLook> of(Measured measured, ServiceKind service, Way way) {
    Selection series = measured.series(way, service);
    return series.samples().stream()
        .filter(sample -> sample.figure(Figure.OLD_LOADERS).isPresent())
        .reduce((earlier, later) -> later)
        .map(last -> new LastLook(last.number(), last.figure(Figure.OLD_LOADERS).orElse(0)));
  }
}
