package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.report.Machine;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.sample.RunFailure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleLog;
import dev.fastdeploy.benchmarks.way.Bench;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Carries a plan out, run by run, each in a JVM of its own. A run that fails is recorded with its
 * reason, and the next begins. The results so far are written to disk after each run.
 */
final class SuiteRun {

  /** The file with all results. */
  static final String RESULTS = "results.json";

  private final Plan plan;
  private final List<Jdk> jdks;
  private final Path output;
  private final PrintStream out;
  private final Machine machine;
  private final List<Sample> samples = new ArrayList<>();
  private final List<RunFailure> failures = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  /**
   * @param jdks that run the services; each run is repeated on each of them, at least one
   * @param output the folder for results and logs; created if necessary
   * @param out takes a line for each run
   */
  SuiteRun(Plan plan, List<Jdk> jdks, Path output, PrintStream out) {
    this.plan = plan;
    this.jdks = List.copyOf(jdks);
    this.output = output;
    this.out = out;
    this.machine =
        Machine.here(
            jdks.stream()
                .filter(jdk -> !jdk.equals(Jdk.running()))
                .map(jdk -> jdk.home().toAbsolutePath())
                .toArray(Path[]::new));
  }

  /**
   * Runs the plan.
   *
   * @throws IOException if the results cannot be written
   */
  Results run() throws IOException {
    Path logs = Files.createDirectories(output.resolve("logs"));
    try (Workplace workplace = Workplace.open()) {
      workplace.beforeClosing(SuiteRun::endForks);
      SampleLog log = new SampleLog(workplace.folder().resolve("samples.jsonl"));
      JmhRun jmh = new JmhRun(workplace, log);
      int number = 0;
      for (PlannedRun run : plan.runs()) {
        for (Jdk jdk : jdks) {
          number++;
          out.printf(
              Locale.ROOT,
              "[%2d/%d] %s%s ... ",
              number,
              plan.runs().size() * jdks.size(),
              run.title(),
              jdks.size() == 1 ? "" : " java=" + jdk.feature());
          out.flush();
          run(jmh, run, jdk, logs.resolve(String.format(Locale.ROOT, "%02d.log", number)));
          ResultsFile.write(results(false), output.resolve(RESULTS));
        }
      }
    }
    Results results = results(true);
    ResultsFile.write(results, output.resolve(RESULTS));
    return results;
  }

  private void run(JmhRun jmh, PlannedRun run, Jdk jdk, Path log) throws IOException {
    long start = System.nanoTime();
    RunOutcome outcome = jmh.run(run, jdk, log);
    samples.addAll(outcome.samples());
    failures.addAll(outcome.failures());
    out.printf(
        Locale.ROOT, "%s (%d s)%n", outcome.line(), (System.nanoTime() - start) / 1_000_000_000);
  }

  private Results results(boolean complete) throws IOException {
    return new Results(
        plan.form(),
        machine,
        Versions.here(),
        (System.nanoTime() - startNanos) / 1e9,
        complete,
        samples,
        failures,
        List.of());
  }

  /**
   * Ends the forked JVMs, since a benchmark's JVM would start more while its processes are being
   * ended.
   */
  private static void endForks() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Returns the property that tells a benchmark's JVM the JDK of the services. */
  static String javaProperty(Jdk jdk) {
    return "-D" + Bench.JAVA_PROPERTY + "=" + jdk.home().toAbsolutePath();
  }
}
