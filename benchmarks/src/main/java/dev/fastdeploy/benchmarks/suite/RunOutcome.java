package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.report.Spread;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.RunFailure;
import dev.fastdeploy.benchmarks.sample.Sample;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a run.
 *
 * @param samples the measurements, including refusals and failures
 * @param failures the reasons why the run was not completed, if it was not
 */
record RunOutcome(List<Sample> samples, List<RunFailure> failures) {

  RunOutcome {
    samples = List.copyOf(samples);
    failures = List.copyOf(failures);
  }

  /** Returns it in one line. */
  String line() {
    if (!failures.isEmpty()) {
      return "failed: " + failures.get(0).reason();
    }
    Optional<Sample> refused =
        samples.stream().filter(sample -> !sample.refusal().isEmpty()).findFirst();
    return refused.isPresent() ? "refused: " + refused.get().refusal() : times();
  }

  private String times() {
    List<Double> times =
        samples.stream()
            .map(sample -> sample.figures().getOrDefault(Figure.FIRST_ANSWER, time(sample)))
            .filter(time -> time >= 0)
            .toList();
    return times.isEmpty() ? samples.size() + " samples" : Spread.of(times) + " ms";
  }

  private static double time(Sample sample) {
    return sample.figure(Figure.TIME).orElse(-1);
  }
}
