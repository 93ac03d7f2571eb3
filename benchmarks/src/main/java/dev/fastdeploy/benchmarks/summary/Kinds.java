package dev.fastdeploy.benchmarks.summary;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.service.Change;
import dev.fastdeploy.benchmarks.service.ServiceKind;
import dev.fastdeploy.benchmarks.way.Way;
import java.util.List;

/**
 * The number of kinds of commit that a way can take.
 *
 * @param tried how many were tried
 * @param taken how many of them took effect
 */
record Kinds(int tried, int taken) {

  static Kinds of(Measured measured, ServiceKind service, Way way) {
    List<Selection> tried =
        measured.changes(service).stream()
            .map((Change change) -> measured.kinds(way, service, change))
            .filter(runs -> !runs.isEmpty())
            .toList();
    return new Kinds(
        tried.size(),
        (int) tried.stream().filter(runs -> !runs.values(Figure.FIRST_ANSWER).isEmpty()).count());
  }
}
