package dev.fastdeploy.benchmarks.simulation.command;

import dev.fastdeploy.benchmarks.report.HtmlReport;
import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.report.PictureFolder;
import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.simulation.Profile;
import dev.fastdeploy.benchmarks.simulation.Scenario;
import dev.fastdeploy.benchmarks.simulation.Study;
import dev.fastdeploy.benchmarks.simulation.json.RestartTimesFile;
import dev.fastdeploy.benchmarks.simulation.json.StudyFile;
import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.benchmarks.simulation.rollout.Term;
import dev.fastdeploy.benchmarks.simulation.sections.SimulationDocument;
import dev.fastdeploy.benchmarks.simulation.sections.SimulationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Simulates rolling out a commit both ways and prints the results as Markdown. It can be mounted as
 * a subcommand. {@link #call} returns 0; it throws a user's mistake as {@link
 * IllegalArgumentException} or {@link IOException} with a line for the user, which {@link
 * OneLineErrors} prints.
 */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates rolling out a commit to a service of many tasks, by a rolling update of Amazon ECS"
          + " and by fastdeploy.",
      "docs/simulation.md says what it models."
    })
public final class SimulateCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "set of parameters: original or today (default: ${DEFAULT-VALUE})")
  private String profile = Profile.ORIGINAL.text();

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "number of tasks of the service (default: ${DEFAULT-VALUE})")
  private String tasks = Integer.toString(Profile.ORIGINAL_TASKS);

  @Option(
      names = "--without",
      paramLabel = "TERM",
      description =
          "switches a part of the delay off; repeatable: api-rate, capacity, placement, scheduler,"
              + " fetch, start, health-check, stop")
  private List<String> without = List.of();

  @Option(
      names = "--restart-times",
      paramLabel = "FILE",
      description =
          "JSON file with measured restart times (default: assumed times, reported as such)")
  private @Nullable Path restartTimes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the same seed gives the same result (default: ${DEFAULT-VALUE})")
  private String seed = "1";

  @Option(names = "--json", paramLabel = "FILE", description = "also writes the figures as JSON")
  private @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "also writes a report with charts")
  private @Nullable Path html;

  @Option(
      names = "--document",
      paramLabel = "FILE",
      description = "only writes the results of both profiles into a document: docs/simulation.md")
  private @Nullable Path document;

  /** A command that has not been given anything yet. */
  public SimulateCommand() {}

  @Override
  public Integer call() throws IOException {
    if (document == null) {
      simulate();
    } else {
      write(document);
    }
    return 0;
  }

  private void write(Path file) throws IOException {
    String before = Input.text("--document", file);
    Report report = SimulationDocument.report(restartTimes());
    PictureFolder pictures = new PictureFolder(file.resolveSibling("simulation"));
    // Refused before anything is drawn, if it is no document of results.
    SimulationDocument.withResults(before, report, Map.of());
    Output.write(
        "--document",
        file,
        () -> {
          pictures.draw(report);
          Files.writeString(file, SimulationDocument.withResults(before, report, pictures.links()));
        });
  }

  private RestartTimes restartTimes() throws IOException {
    return restartTimes == null ? RestartTimes.PRELIMINARY : RestartTimesFile.read(restartTimes);
  }

  private void simulate() throws IOException {
    Study study = Study.of(scenario());
    Report report = SimulationReport.of(List.of(study));
    if (json != null) {
      Path file = json;
      Output.write("--json", file, () -> StudyFile.write(study, file));
    }
    if (html != null) {
      Path file = html;
      Output.write("--html", file, () -> HtmlReport.write(report, file));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(MarkdownReport.text(report));
    out.flush();
  }

  private Scenario scenario() throws IOException {
    return new Scenario(
        Profile.of(profile)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--profile '" + profile + "' is unknown; use original or today")),
        number("--tasks", tasks, Scenario.FEWEST_TASKS, Scenario.MOST_TASKS),
        restartTimes(),
        terms(),
        number("--seed", seed, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private Set<Term> terms() {
    Set<Term> terms = EnumSet.noneOf(Term.class);
    for (String text : without) {
      terms.add(
          Term.of(text)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--without '"
                              + text
                              + "' is not a part of the delay; use "
                              + allTerms())));
    }
    return terms;
  }

  private static String allTerms() {
    return Arrays.stream(Term.values()).map(Term::text).collect(Collectors.joining(", "));
  }

  private static int number(String name, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw new IllegalArgumentException(
        name + " '" + value + "' is not a whole number from " + least + " to " + most);
  }
}
