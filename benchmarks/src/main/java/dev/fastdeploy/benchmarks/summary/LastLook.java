package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.Optional;

/**
 * What a service looked like when its class loaders were counted last in a series.
 *
 * @param reloads after how many reloads
 * @param oldLoaders class loaders of earlier releases that were not collected
 * @param memoryGrowth megabytes that all processes hold more than before the first reload
 */
record LastLook(int reloads, double oldLoaders, double memoryGrowth) {

  /** Nothing if there was no series, or nobody looked. */
  static Optional<LastLook> of(Measured measured, ServiceKind service, Way way) {
    Selection series = measured.series(way, service);
    Optional<Sample> before = measured.series(way, service, 0).samples().stream().findFirst();
    Optional<Sample> last =
        series.samples().stream()
            .filter(sample -> sample.figure(Figure.OLD_LOADERS).isPresent())
            .reduce((earlier, later) -> later);
    return before.isEmpty() || last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LastLook(
                last.get().number(),
                last.get().figure(Figure.OLD_LOADERS).orElse(0),
                last.get().figure(Figure.MEMORY).orElse(0)
                    - before.get().figure(Figure.MEMORY_BEFORE).orElse(0)));
  }
}
