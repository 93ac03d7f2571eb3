package dev.fastdeploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.benchmarks.report.Machine;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.sample.SampleBuilder;
import dev.fastdeploy.benchmarks.slow.SlowClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private Path results() throws IOException {
    Path file = folder.resolve("results.json");
    ResultsFile.write(
        new Results(
            "short",
            Machine.here(),
            new TreeMap<>(),
            60,
            true,
            List.of(
                new SampleBuilder(BenchmarkName.RELOAD, 1)
                    .with("strategy", "process")
                    .with("service", "demo")
                    .with("load", 0)
                    .measured(Figure.FIRST_ANSWER, 412)
                    .build()),
            List.of(),
            List.of()),
        file);
    return file;
  }

  @Test
  void withoutArgumentsItTellsHowItIsUsed() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains(
            "short",
            "full",
            "instance",
            "held",
            "slow-clients",
            "fleet",
            "report",
            "docs",
            "simulate",
            "JMH");
  }

  @Test
  void aReportIsWrittenBesideItsResults() throws IOException {
    assertThat(run("report", results().toString())).isZero();
    assertThat(folder.resolve("report.html")).content().contains("412");
  }

  @Test
  void whatIsWrongIsOneLine() {
    assertThat(run("report", folder.resolve("absent.json").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("absent.json").hasLineCount(1);
    assertThat(run("docs", "x.json", "--docs", "/nonexistent")).isEqualTo(1);
    assertThat(err.toString()).contains("'/nonexistent' is not a directory");
    assertThat(run("short", "--java", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("is no JDK");
    assertThat(run("fleet", "--members", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("--members '0' is not a number from 1 to 60000");
  }

  @Test
  void theFormsHoldEveryWayAndEveryBenchmark() {
    for (Plan plan : List.of(Plan.shortForm(), Plan.fullForm())) {
      assertThat(plan.runs().stream().map(PlannedRun::name).collect(Collectors.toSet()))
          .containsExactlyInAnyOrder(
              BenchmarkName.RELOAD,
              BenchmarkName.SERIES,
              BenchmarkName.COMMIT_KIND,
              BenchmarkName.STAGING,
              BenchmarkName.INSTANCE,
              BenchmarkName.SUPERVISOR);
      assertThat(
              plan.runs().stream()
                  .filter(run -> run.name().equals(BenchmarkName.RELOAD))
                  .map(run -> run.parameters().get("strategy") + run.parameters().get("service"))
                  .distinct())
          .hasSize(11);
      assertThat(plan.runs()).doesNotHaveDuplicates();
    }
    assertThat(Files.exists(Path.of("benchmark-results"))).isFalse();
  }

  @Test
  void whatAnInstanceCostsCanBeMeasuredAloneAsInTheFullForm() {
    assertThat(Plan.fullForm().runs()).containsAll(Plan.instanceForm().runs());
    assertThat(Plan.instanceForm().runs())
        .extracting(PlannedRun::name)
        .contains(BenchmarkName.INSTANCE, BenchmarkName.SUPERVISOR)
        .doesNotContain(BenchmarkName.RELOAD);
  }

  @Test
  void theTableOfHeldConnectionsHasEveryRowThatFits() {
    Plan whole = held().plan();

    // Seven services with new connections and six with kept ones, at three loads in three ways,
    // and the one that DevTools fit.
    assertThat(whole.runs()).hasSize(13 * 3 * 3 + 2 * 3).doesNotHaveDuplicates();
    assertThat(whole.runs())
        .allSatisfy(
            run ->
                assertThat(run.invocations())
                    .isEqualTo(run.parameters().get("way").equals("held") ? 20 : 3));
    String[] some = {"--ways", "held", "--services", "demo,jetty", "--loads", "200"};
    assertThat(held(some).plan().runs())
        .hasSize(3)
        .allSatisfy(run -> assertThat(run.parameters()).containsEntry("hold", "10s"));
    // Held: all at the usual load, with new connections at the others; other ways once.
    assertThat(held("--brief").plan().runs()).hasSize(13 + 6 + 6 + 7 + 7 + 1);
    assertThatThrownBy(() -> held("--brief", "--ways", "process", "--loads", "300").plan())
        .hasMessageStartingWith("nothing is left to measure");
    assertThat(run("held", "--services", "iis")).isEqualTo(1);
    assertThat(err.toString()).contains("service 'iis' is unknown; use demo, spring, tomcat,");
  }

  private static HeldCommand held(String... options) {
    CommandLine all = Main.commandLine();
    all.parseArgs(Stream.concat(Stream.of("held"), Stream.of(options)).toArray(String[]::new));
    return all.getSubcommands().get("held").getCommand();
  }

  @Test
  void eachKindOfSlowClientHasItsDeployWithAndWithoutPreDrain() {
    CommandLine all = Main.commandLine();
    all.parseArgs("slow-clients", "--services", "tomcat,netty-nio,grpc");
    SlowClientsCommand command = all.getSubcommands().get("slow-clients").getCommand();

    List<PlannedRun> runs = command.plan().runs();
    assertThat(runs).hasSize(6).doesNotHaveDuplicates();
    assertThat(runs.get(0).invocations() + runs.get(4).invocations())
        .as("the kinds of Tomcat's clients and of gRPC's")
        .isEqualTo(SlowClient.values().length);
    assertThat(runs.get(2).invocations()).isBetween(8, 14);
    assertThat(runs.get(4).invocations()).isEqualTo(8);
    assertThat(run("slow-clients", "--services", "iis")).isEqualTo(1);
    assertThat(err.toString()).contains("service 'iis' is unknown");
  }

  @Test
  void theFullFormReloadsFiftyTimes() {
    assertThat(Plan.fullForm().runs())
        .filteredOn(run -> run.name().equals(BenchmarkName.SERIES))
        .hasSize(9)
        .allSatisfy(run -> assertThat(run.invocations()).isEqualTo(50));
  }
}
