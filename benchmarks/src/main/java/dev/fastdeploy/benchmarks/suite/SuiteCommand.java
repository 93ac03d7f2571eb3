package dev.fastdeploy.benchmarks.suite;

import dev.fastdeploy.benchmarks.report.HtmlReport;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.summary.RestartFigures;
import dev.fastdeploy.benchmarks.summary.ResultsReport;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A form of the suite. Exits with 0 only if every run was completed; a refusal is a result. */
abstract class SuiteCommand implements Callable<Integer> {

  @Option(
      names = "--java",
      paramLabel = "HOME",
      description = "the JDK that runs the services (the one that runs this)")
  private @Nullable Path java;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "folder for results.json, report.html and logs (${DEFAULT-VALUE})")
  private Path output = Path.of("benchmark-results");

  abstract Plan plan();

  /** Returns further JDKs on which each run is repeated. */
  List<Path> otherJdks() {
    return List.of();
  }

  @Override
  public Integer call() throws IOException {
    List<Jdk> jdks = new ArrayList<>();
    jdks.add(java == null ? Jdk.running() : Jdk.at(java));
    for (Path home : otherJdks()) {
      jdks.add(Jdk.at(home));
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new IllegalArgumentException("--output '" + output + "' is not a directory");
    }
    Results results = new SuiteRun(plan(), jdks, output, System.out).run();
    HtmlReport.write(ResultsReport.of(results), output.resolve("report.html"));
    RestartFigures.write(results, output.resolve("restart-times.json"));
    System.out.println("The results are in " + output.toAbsolutePath());
    results
        .failures()
        .forEach(
            failure -> System.out.println("failed: " + failure.run() + ": " + failure.reason()));
    return results.failures().isEmpty() ? 0 : 1;
  }

  /** Some minutes. */
  @Command(
      name = "short",
      mixinStandardHelpOptions = true,
      description = "Measures each way once or twice; under 10 minutes on two cores.")
  static final class ShortForm extends SuiteCommand {

    @Override
    Plan plan() {
      return Plan.shortForm();
    }
  }

  /** Measures only what an instance costs. */
  @Command(
      name = "instance",
      mixinStandardHelpOptions = true,
      description = "Measures only what an instance costs, as in the full form; about ten minutes.")
  static final class InstanceForm extends SuiteCommand {

    @Override
    Plan plan() {
      return Plan.instanceForm();
    }
  }

  /** Everything. */
  @Command(
      name = "full",
      mixinStandardHelpOptions = true,
      description = "Measures everything, often enough to see the spread; about 45 minutes.")
  static final class FullForm extends SuiteCommand {

    @Override
    Plan plan() {
      return Plan.fullForm();
    }
  }
}
