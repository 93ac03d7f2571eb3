package dev.fastdeploy.benchmarks.sample;

import dev.fastdeploy.benchmarks.report.Machine;
import java.util.List;

/**
 * Benchmarks of which the samples come from a run of their own.
 *
 * @param form of the suite that measured them
 * @param benchmarks their names
 * @param machine where and when
 * @param seconds how long that run took
 */
public record Part(String form, List<String> benchmarks, Machine machine, double seconds) {

  public Part {
    benchmarks = List.copyOf(benchmarks);
  }
}
