package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.fleet.Faults;
import dev.fastdeploy.benchmarks.fleet.FleetSuite;
import dev.fastdeploy.benchmarks.report.HtmlReport;
import dev.fastdeploy.benchmarks.report.Machine;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.sample.RunFailure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.summary.ResultsReport;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the deploy of a fleet at its full size. Exits with 0 only if each deploy ended as it
 * must.
 */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the cost of one command that deploys to thousands of instances, and its growth;"
          + " takes about half an hour on two cores. Linux only: each instance listens on an"
          + " address of its own in 127.0.0.0/8, and a process must be allowed as many open files"
          + " as there are instances."
    })
final class FleetCommand implements Callable<Integer> {

  private static final List<Integer> SOCKETS = List.of(100, 500, 1_000, 2_000);
  private static final List<Integer> SIMULATED = List.of(100, 1_000, 4_000, 10_000, 20_000);
  private static final int MOST = 60_000;

  @Option(
      names = "--java",
      paramLabel = "HOME",
      description = "the JDK that runs the instances and the command (the one that runs this)")
  private @Nullable Path java;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "the largest fleet that has sockets (${DEFAULT-VALUE})")
  private int members = 4_000;

  @Option(
      names = "--largest-simulated",
      paramLabel = "N",
      description = "the largest fleet that is simulated (${DEFAULT-VALUE})")
  private int simulated = 20_000;

  @Option(
      names = "--flag",
      paramLabel = "FLAG",
      description = "flag for the command's JVM, instead of those in docs/fleet.md; repeatable")
  private List<String> flags = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for results.json and report.html (${DEFAULT-VALUE})")
  private Path output = Path.of("fleet-results");

  private final List<Sample> samples = new ArrayList<>();

  FleetCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireSize("--members", members);
    requireSize("--largest-simulated", simulated);
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new IllegalArgumentException("--output '" + output + "' is not a directory");
    }
    Files.createDirectories(output);
    Jdk jdk = java == null ? Jdk.running() : Jdk.at(java);
    Machine machine =
        jdk.equals(Jdk.running()) ? Machine.here() : Machine.here(jdk.home().toAbsolutePath());
    long start = System.nanoTime();
    FleetSuite suite =
        new FleetSuite(jdk, Artifacts.own(), flags.isEmpty() ? FleetSuite.FLAGS : flags);
    for (int size : upTo(SIMULATED, simulated)) {
      told("the planner with " + size + " members", suite.plan(size));
    }
    for (int size : upTo(SOCKETS, members)) {
      told(size + " instances", suite.deploy(size, Faults.NONE));
    }
    for (Faults faults : List.of(Faults.WITHIN_BUDGET, Faults.OVER_BUDGET)) {
      told(members + " instances, faults " + faults.label(), suite.deploy(members, faults));
    }
    Results results = results(machine, (System.nanoTime() - start) / 1e9);
    ResultsFile.write(results, output.resolve(SuiteRun.RESULTS));
    HtmlReport.write(ResultsReport.of(results), output.resolve("report.html"));
    System.out.println("The results are in " + output.toAbsolutePath());
    return results.failures().isEmpty() ? 0 : 1;
  }

  private static void requireSize(String option, int size) {
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException(
          option + " '" + size + "' is not a number from 1 to " + MOST);
    }
  }

  private static List<Integer> upTo(List<Integer> usual, int largest) {
    List<Integer> sizes = new ArrayList<>(usual.stream().filter(size -> size < largest).toList());
    sizes.add(largest);
    return sizes;
  }

  private void told(String what, Sample sample) {
    samples.add(sample);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s of processor time, %.0f MB, %.0f s%s%n",
        what,
        sample.figure(Figure.COMMAND_PROCESSOR).orElse(0),
        sample.figure(Figure.COMMAND_PEAK).orElse(0),
        sample.figure(Figure.COMMAND_TIME).orElse(0),
        sample.failure().isEmpty() ? "" : "; failed: " + sample.failure());
  }

  private Results results(Machine machine, double seconds) {
    List<RunFailure> failures =
        samples.stream()
            .filter(sample -> !sample.failure().isEmpty())
            .map(
                sample ->
                    new RunFailure(
                        sample.benchmark() + " of " + sample.parameter("members"),
                        sample.failure()))
            .toList();
    return new Results(
        "fleet", machine, new TreeMap<>(), seconds, true, samples, failures, List.of());
  }
}
