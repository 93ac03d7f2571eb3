package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.RunFailure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs one planned run with JMH, and collects the measurements. */
final class JmhRun {

  private static final String FAILURE = "<failure>";

  /** Longer than any successful invocation, even on a slow machine. */
  private static final TimeValue TIMEOUT = TimeValue.minutes(6);

  private final Workplace workplace;
  private final SampleLog log;

  JmhRun(Workplace workplace, SampleLog log) {
    this.workplace = workplace;
    this.log = log;
  }

  /**
   * Runs it.
   *
   * @param jdk that runs the services
   * @param output takes JMH's output
   */
  RunOutcome run(PlannedRun run, Jdk jdk, Path output) throws IOException {
    int before = log.read().size();
    String broken = "";
    Collection<RunResult> results = List.of();
    try {
      results = new Runner(options(run, jdk, output).build()).run();
    } catch (RunnerException failure) {
      broken = String.valueOf(failure.getMessage());
    }
    List<Sample> all = log.read();
    List<Sample> written = new ArrayList<>(all.subList(before, all.size()));
    if (written.isEmpty()) {
      results.forEach(result -> written.addAll(samples(run, result)));
    }
    return new RunOutcome(written, failures(run, results, written, broken, output));
  }

  private ChainedOptionsBuilder options(PlannedRun run, Jdk jdk, Path output) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(run.type().getName() + "." + run.method()) + "$")
            .forks(1)
            .warmupIterations(run.warmups())
            .measurementIterations(run.invocations())
            .timeout(TIMEOUT)
            .shouldFailOnError(false)
            .output(output.toString());
    run.parameters().forEach(options::param);
    List<String> flags = new ArrayList<>();
    workplace.properties().forEach((name, value) -> flags.add("-D" + name + "=" + value));
    flags.add("-D" + SampleLog.PROPERTY + "=" + log.file());
    flags.add(SuiteRun.javaProperty(jdk));
    return options.jvmArgsAppend(flags.toArray(String[]::new));
  }

  /** Returns what JMH itself measured, for benchmarks that write no samples. */
  private static List<Sample> samples(PlannedRun run, RunResult result) {
    List<Sample> samples = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        SampleBuilder sample =
            new SampleBuilder(run.name(), samples.size() + 1).with("method", run.method());
        run.parameters().forEach(sample::with);
        samples.add(sample.measured(Figure.TIME, iteration.getPrimaryResult().getScore()).build());
      }
    }
    return samples;
  }

  private static List<RunFailure> failures(
      PlannedRun run,
      Collection<RunResult> results,
      List<Sample> written,
      String broken,
      Path output)
      throws IOException {
    List<RunFailure> failures = new ArrayList<>();
    for (Sample sample : written) {
      if (!sample.failure().isEmpty()) {
        failures.add(new RunFailure(run.title(), sample.failure()));
      }
    }
    boolean refused = written.stream().anyMatch(sample -> !sample.refusal().isEmpty());
    if (failures.isEmpty() && !refused && results.isEmpty()) {
      failures.add(
          new RunFailure(run.title(), broken.isEmpty() ? reason(output) : firstLine(broken)));
    }
    return failures;
  }

  /** Returns what a benchmark threw, which JMH prints below a line that ends with a mark. */
  private static String reason(Path output) throws IOException {
    List<String> lines = Files.exists(output) ? Files.readAllLines(output) : List.of();
    return lines.stream()
        .dropWhile(line -> !line.endsWith(FAILURE))
        .skip(1)
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("JMH gave no result; see " + output);
  }

  private static String firstLine(String text) {
    return text.split("\\R", 2)[0];
  }
}
