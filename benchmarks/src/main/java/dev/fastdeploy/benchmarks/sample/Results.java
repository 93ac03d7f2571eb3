package dev.fastdeploy.benchmarks.sample;

import dev.fastdeploy.benchmarks.report.Machine;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a run of the suite measured.
 *
 * @param form of the suite, such as full
 * @param machine where and when
 * @param versions of what took part, by name
 * @param seconds how long it took
 * @param complete whether the suite came to its end; a part of it may have failed all the same
 * @param samples in the order in which they were taken
 * @param failures what did not come to its end
 */
public record Results(
    String form,
    Machine machine,
    SortedMap<String, String> versions,
    double seconds,
    boolean complete,
    List<Sample> samples,
    List<RunFailure> failures) {

  public Results {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    samples = List.copyOf(samples);
    failures = List.copyOf(failures);
  }
}
