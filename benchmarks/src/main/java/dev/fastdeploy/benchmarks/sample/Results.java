package dev.fastdeploy.benchmarks.sample;

import dev.fastdeploy.benchmarks.report.Machine;
import java.util.ArrayList;
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
 * @param parts what was measured apart; most runs have none
 */
public record Results(
    String form,
    Machine machine,
    SortedMap<String, String> versions,
    double seconds,
    boolean complete,
    List<Sample> samples,
    List<RunFailure> failures,
    List<Part> parts) {

  public Results {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    samples = List.copyOf(samples);
    failures = List.copyOf(failures);
    parts = List.copyOf(parts);
  }

  /** With the benchmarks of another run, which take the place of those of the same name here. */
  public Results with(Results other) {
    List<String> names = other.samples().stream().map(Sample::benchmark).distinct().toList();
    List<Sample> all = new ArrayList<>(samples);
    all.removeIf(sample -> names.contains(sample.benchmark()));
    all.addAll(other.samples());
    List<RunFailure> broken = new ArrayList<>(failures);
    broken.addAll(other.failures());
    SortedMap<String, String> both = new TreeMap<>(other.versions());
    both.putAll(versions);
    List<Part> apart = new ArrayList<>(parts);
    apart.removeIf(part -> names.containsAll(part.benchmarks()));
    apart.add(new Part(other.form(), names, other.machine(), other.seconds()));
    return new Results(
        form, machine, both, seconds, complete && other.complete(), all, broken, apart);
  }
}
