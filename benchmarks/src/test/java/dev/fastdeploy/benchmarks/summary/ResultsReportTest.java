package dev.fastdeploy.benchmarks.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.report.Machine;
import dev.fastdeploy.benchmarks.report.MarkdownReport;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.RunFailure;
import dev.fastdeploy.benchmarks.sample.Sample;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.simulation.json.RestartTimesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sentence and every cell comes from the samples. */
class ResultsReportTest {

  @TempDir Path folder;
  private final List<Sample> samples = new ArrayList<>();
  private final List<RunFailure> failures = new ArrayList<>();

  private Results results() {
    return new Results(
        "short",
        Machine.here(),
        new TreeMap<>(Map.of("Spring Boot", "4.1.2")),
        90,
        true,
        samples,
        failures,
        List.of());
  }

  private String text() {
    return MarkdownReport.text(ResultsReport.of(results()));
  }

  private SampleBuilder quiet(String strategy, double firstAnswer) {
    return sample(BenchmarkName.RELOAD, 1, strategy)
        .with("load", 0)
        .measured(Figure.STAGE, 100)
        .measured(Figure.FIRST_ANSWER, firstAnswer);
  }

  private static SampleBuilder sample(String benchmark, int number, String strategy) {
    return new SampleBuilder(benchmark, number)
        .with("strategy", strategy)
        .with("service", "spring")
        .with("java", 17);
  }

  @Test
  void threeSentencesSumTheStrategiesUp() {
    samples.add(quiet("process", 5_000).measured(Figure.MEMORY, 200).build());
    samples.add(quiet("process", 4_000).measured(Figure.MEMORY, 200).build());
    samples.add(quiet("process", 4_440).measured(Figure.MEMORY, 200).build());
    samples.add(quiet("module", 2_200).measured(Figure.MEMORY, 260).build());
    samples.add(quiet("redefine", 240).build());
    samples.add(quiet("shell", 4_100).build());
    samples.add(loaded("process", 900, 4_300).build());
    samples.add(loaded("module", 950, 2_100).build());
    samples.add(loaded("redefine", 0, 12).build());
    samples.add(kind("process", "resource").measured(Figure.FIRST_ANSWER, 4_000).build());
    samples.add(kind("redefine", "resource").refused("a.txt changed").build());

    assertThat(findings())
        .isEqualTo(
            "On `spring` a restart (`process`) takes 4.4 s until the new commit answers, a reload"
                + " in the same JVM (`module`) 2.2 s and a change of methods in place (`redefine`)"
                + " 0.24 s. At 200 requests a second `process` loses 900 of them, `module` 950 and"
                + " `redefine` none. `process` can take 1 of 1 kinds of commit and `redefine` 0 of"
                + " 1, and `module` leaves 60 MB more in use than `process`.");
    assertThat(text())
        .contains("| spring | process | 100 (100 to 100, n=3) | 4,440 (4,000 to 5,000, n=3) |");
  }

  @Test
  void deploysUnderOneLoadAreSummedUp() {
    samples.add(held("process", 1, 30).with("java", 25).measured(Figure.REFUSED, 28).build());
    samples.add(held("process", 2, 12).with("java", 25).measured(Figure.RESET, 1).build());
    samples.add(
        held("held", 1, 0)
            .measured(Figure.DRAIN, 20)
            .measured(Figure.NEXT_READY, 200)
            .measured(Figure.WAIT_AIM, 300)
            .build());
    samples.add(held("held", 2, 0).measured(Figure.WAIT_AIM, 200).build());
    samples.add(sample(BenchmarkName.HELD, 1, "shell").refused("no shell").build());

    assertThat(text())
        .contains(
            "`process` lost 42 of 2,000 requests in 2 deploys and `held` lost 0 of 2,000 requests in"
                + " 2 deploys.",
            "| spring | new | 500 | 25 | process | 2 | 42 | 2,000 | 28 refused, 1 reset | 250 (250 to"
                + " 250, n=2) | n/a: it tells no phases |",
            "| spring | new | 500 | 17 | held | 2 | 0 | 2,000 |  | 250 (250 to 250, n=2) | 1 of 2 | n/a:"
                + " 2 of 2 were not back in the time watched |",
            "n/a: no shell");
  }

  @Test
  void slowClientsHaveARowEach() {
    samples.add(
        sample(BenchmarkName.SLOW_CLIENTS, 1, "held")
            .with("client", "upload-long")
            .with("pre-drain", 10)
            .measured(Figure.SENT, 4)
            .measured(Figure.ANSWERED, 1)
            .measured(Figure.TOLD, 0)
            .measured(Figure.FAILED, 3)
            .measured(Figure.ENDED_EARLY, 2)
            .measured(Figure.RESET, 1)
            .measured(Figure.FIRST_END, 3_100)
            .measured(Figure.LAST_END, 3_200)
            .measured(Figure.LONGEST_WAIT, 2_900)
            .measured(Figure.DRAIN, 4_000)
            .measured(Figure.NEXT_READY, 2_000)
            .build());

    assertThat(text())
        .contains(
            "| spring | 10 | upload-long | 4 | 1 | 0 | 3 | 2 ended early, 1 reset | 3,100 | 3,200 |"
                + " 2,900 | 4,000 | 2,000 |");
  }

  private static SampleBuilder held(String strategy, int number, double failed) {
    return sample(BenchmarkName.HELD, number, strategy)
        .with("connections", "new")
        .with("load", 500)
        .with("java", 17)
        .measured(Figure.SENT, 1_000)
        .measured(Figure.FAILED, failed)
        .measured(Figure.LONGEST_WAIT, 250)
        .measured(Figure.SYN_RETRANSMISSIONS, 0);
  }

  private String findings() {
    String text = text();
    int heading = text.indexOf("What the figures say");
    int begin = text.indexOf('\n', heading) + 2;
    return heading < 0 ? "" : text.substring(begin, text.indexOf('\n', begin));
  }

  @Test
  void whatWasNotMeasuredIsNotSaid() {
    samples.add(quiet("module", 1_500).build());
    assertThat(findings())
        .isEqualTo(
            "On `spring` a reload in the same JVM (`module`) takes 1.5 s until the new commit"
                + " answers.");

    samples.clear();
    samples.add(quiet("shell", 4_100).build());
    assertThat(findings()).isEmpty();
  }

  @Test
  void theLargerServiceIsTheOneThatIsSpokenOf() {
    samples.add(quiet("process", 4_000).measured(Figure.MEMORY, 200).build());
    samples.add(quiet("module", 2_000).measured(Figure.MEMORY, 150.4).build());
    samples.add(quiet("process", 200).with("service", "demo").build());

    assertThat(findings())
        .isEqualTo(
            "On `spring` a restart (`process`) takes 4.0 s until the new commit answers and a"
                + " reload in the same JVM (`module`) 2.0 s. `module` leaves 50 MB less in use than"
                + " `process`.");
    assertThat(text()).contains("Medians on demo");
  }

  @Test
  void whatFailedUnderLoadIsTold() {
    samples.add(loaded("process", 900, 4_300).build());
    samples.add(loaded("redefine", 0, 12).measured(Figure.P99_BACK, 50).build());

    assertThat(text())
        .contains(
            "At 200 requests a second `process` loses 900 of them and `redefine` none.",
            "n/a: 1 of 1 were not back in the time watched");
  }

  private static SampleBuilder loaded(String strategy, double failed, double gap) {
    return sample(BenchmarkName.RELOAD, 1, strategy)
        .with("load", 200)
        .measured(Figure.FIRST_ANSWER, gap)
        .measured(Figure.SENT, 1_000)
        .measured(Figure.FAILED, failed)
        .measured(Figure.GAP, gap)
        .measured(Figure.P99_BEFORE, 4);
  }

  @Test
  void refusalsOfCommitsAreResultsAndKeepTheirReason() {
    samples.add(kind("process", "resource").measured(Figure.FIRST_ANSWER, 4_000).build());
    samples.add(kind("redefine", "resource").refused("a.txt changed").build());

    assertThat(text())
        .contains(
            "`process` can take 1 of 1 kinds of commit and `redefine` 0 of 1.",
            "| a resource | 4,000 (n=1) | no |",
            "| spring | redefine | a resource | a.txt changed |");
  }

  private SampleBuilder kind(String strategy, String change) {
    if (samples.isEmpty()) {
      samples.add(quiet("process", 4_000).build());
    }
    return sample(BenchmarkName.COMMIT_KIND, 1, strategy).with("change", change);
  }

  @Test
  void aSeriesTellsWhatLeakedAndWhereAnotherWayTookOver() {
    samples.add(quiet("devtools", 800).build());
    samples.add(
        sample(BenchmarkName.SERIES, 0, "devtools")
            .measured(Figure.MEMORY_BEFORE, 150)
            .measured(Figure.METASPACE_BEFORE, 40)
            .measured(Figure.LOADERS_BEFORE, 5)
            .build());
    samples.add(look(1, 160, 1).build());
    samples.add(sample(BenchmarkName.SERIES, 2, "devtools").refused("no more").build());
    samples.add(look(3, 230, 2).noted("the agent used 'process'").build());

    assertThat(text())
        .contains(
            "| 2 after 3 |",
            "`devtools` on `spring`, reload 2: refused: no more",
            "reload 3: the agent used 'process'");
  }

  private static SampleBuilder look(int number, double memory, double oldLoaders) {
    return sample(BenchmarkName.SERIES, number, "devtools")
        .measured(Figure.FIRST_ANSWER, 700)
        .measured(Figure.MEMORY, memory)
        .measured(Figure.METASPACE, 45)
        .measured(Figure.LOADERS, 6)
        .measured(Figure.OLD_LOADERS, oldLoaders);
  }

  @Test
  void whatAnInstanceCostsIsTakenRoundByRoundAndHeldAgainstTheAims() {
    double[] slowness = {0, 1_000, 20};
    for (int round = 1; round <= slowness.length; round++) {
      double beside = slowness[round - 1];
      samples.add(instance("plain", round).measured(Figure.START, 3_000 + beside).build());
      samples.add(instance("agent", round).measured(Figure.START, 3_030 + beside + round).build());
      samples.add(
          instance("launcher", round)
              .measured(Figure.ANNOUNCED_ANSWER, 1.5 * (3_000 + beside))
              .measured(Figure.RESIDENT, 44)
              .build());
    }

    assertThat(text())
        .contains(
            "| start, by the agent (ms) | 32 (31 to 33, n=3) | at most 40 | yes |",
            "| restart against a plain start (times) | 1.50 (1.50 to 1.50, n=3) | at most 1.10 | no"
                + " |",
            "| launcher's RSS (MB) | 44 (44 to 44, n=3) | at most 40 | no |",
            "| end, by the agent (ms) | n/a: not measured | at most 20 | not measured |");
  }

  private static SampleBuilder instance(String kind, int round) {
    return new SampleBuilder(BenchmarkName.INSTANCE, round)
        .with("service", "spring")
        .with("instance", kind);
  }

  @Test
  void theLauncherStandsBesideItsPeersAndWhoIsMissingIsNamed() {
    samples.add(supervisor("fastdeploy").measured(Figure.RESTART_GAP, 5).build());
    samples.add(supervisor("sh loop").measured(Figure.RESTART_GAP, 2).build());
    samples.add(supervisor("runsv").refused("runsv is not installed").build());
    samples.add(supervisor("tini").measured(Figure.RESIDENT, 1.5).build());

    assertThat(text())
        .contains(
            "The launcher takes 5 ms, 3 ms more than the loop.",
            "| runsv | n/a: runsv is not installed |",
            "| tini | n/a: it does not restart | 1.50 (n=1) |");
  }

  private static SampleBuilder supervisor(String name) {
    return new SampleBuilder(BenchmarkName.SUPERVISOR, 1).with("supervisor", name);
  }

  @Test
  void whatWasMeasuredApartIsSaid() {
    samples.add(supervisor("fastdeploy").measured(Figure.RESTART_GAP, 5).build());
    Results apart = results();
    samples.clear();

    assertThat(MarkdownReport.text(ResultsReport.of(results().with(apart))))
        .contains("| fastdeploy | 5 (n=1) |", "`supervisor` were measured separately, on 20");
  }

  @Test
  void whatFailedStandsInTheReportAndIsNoFigure() {
    samples.add(quiet("process", 4_000).build());
    samples.add(
        sample(BenchmarkName.RELOAD, 1, "module").with("load", 0).failed("it broke").build());
    failures.add(new RunFailure("reload module", "it broke"));

    assertThat(text())
        .contains("| module | n/a: it broke |")
        .contains("| reload module | it broke |");
  }

  @Test
  void nothingMeasuredIsAReportWithoutFigures() {
    assertThat(text()).contains("How it was measured").doesNotContain("What the figures say");
  }

  @Test
  void restartTimesGoToTheSimulation() throws IOException {
    Path file = folder.resolve("restart-times.json");
    assertThat(RestartFigures.write(results(), file)).isFalse();
    samples.add(quiet("process", 4_000).build());

    assertThat(RestartFigures.write(results(), file)).isTrue();

    assertThat(RestartTimesFile.read(file).text())
        .contains("Spring Boot 4.1.2")
        .contains("median 4 s");
  }

  @Test
  void aFleetIsToldByItsSizeWithTheAimsAndHowItGrows() {
    samples.add(fleet(100, "none", 5, 200).build());
    samples.add(fleet(4_000, "none", 50, 600).build());
    samples.add(fleet(4_000, "within the budget", 60, 610).build());
    samples.add(fleet(4_000, "over the budget", 0, 0).failed("it went on").build());
    samples.add(planned(100, 2).build());
    samples.add(planned(10_000, 20).build());

    assertThat(text())
        .contains(
            "With 4,000 instances it used 50 s (missed) and 600 MB (missed), its JVM with `-Xmx1g`."
                + " No instance was called more than 7 times.",
            "| 100 | none | 30 |",
            "| 4,000 | over the budget | n/a: it was rolled back | n/a: not all can be"
                + " proven | n/a: it went on |",
            "From 100 to 4,000 with sockets the exponent, by least squares over the logarithms and"
                + " in brackets between the two largest, is 0.00 (0.00) for the time, 0.62 (0.62)"
                + " for the processor time and 0.30 (0.30) for the memory.",
            "From 100 to 10,000 with simulated members",
            "0.50 (0.50) for the processor time");
  }

  private static SampleBuilder fleet(int members, String faults, double seconds, double peak) {
    return new SampleBuilder(BenchmarkName.FLEET, 1)
        .with("members", members)
        .with("faults", faults)
        .with("flags", "-Xmx1g")
        .measured(Figure.FLEET_NINETY, 30)
        .measured(Figure.FLEET_ALL, 40)
        .measured(Figure.COMMAND_TIME, 41)
        .measured(Figure.COMMAND_PROCESSOR, seconds)
        .measured(Figure.COMMAND_PEAK, peak)
        .measured(Figure.INSTANCE_CALLS, 7)
        .measured(Figure.FLEET_PROVEN, members)
        .measured(Figure.FLEET_FAILED, 0)
        .measured(Figure.FLEET_UNREACHABLE, 0);
  }

  private static SampleBuilder planned(int members, double seconds) {
    return new SampleBuilder(BenchmarkName.FLEET_PLAN, 1)
        .with("members", members)
        .measured(Figure.FLEET_ALL, 40)
        .measured(Figure.COMMAND_TIME, 4)
        .measured(Figure.COMMAND_PROCESSOR, seconds)
        .measured(Figure.COMMAND_PEAK, 100)
        .measured(Figure.RECORD_SIZE, 1);
  }
}
