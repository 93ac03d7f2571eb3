package dev.fastdeploy.benchmarks.simulation.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class SimulateCommandTest {

  private static final Path DOCUMENT = Path.of("../docs/simulation.md");
  private static final String RESTART_TIMES = "../docs/benchmarks/restart-times.json";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsWhatItFoundAndWritesIt() throws IOException {
    Path json = folder.resolve("study.json");
    Path html = folder.resolve("study.html");

    int code =
        run(
            "--profile",
            "today",
            "--tasks",
            "200",
            "--without",
            "stop",
            "--without",
            "fetch",
            "--seed",
            "7",
            "--json",
            json.toString(),
            "--html",
            html.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("profile today: 200 instances")
        .contains("switched off: fetch, stop");
    assertThat(Files.readString(html)).contains("profile today: 200 instances");
    assertThat(JSON.std.mapFrom(Files.readString(json)))
        .containsEntry("profile", "today")
        .containsEntry("tasks", 200)
        .containsEntry("seed", 7)
        .containsEntry("without", List.of("fetch", "stop"))
        .containsEntry("restartTimesMeasured", false)
        .containsKeys(
            "ecs", "fastdeploy", "contributions", "attempts", "assumptions", "sizes", "paced");
  }

  @Test
  void theSameArgumentsGiveTheSameOutput() {
    run("--tasks", "100");
    String once = out.toString();
    out.getBuffer().setLength(0);

    run("--tasks", "100");

    assertThat(out.toString()).isEqualTo(once);
  }

  @Test
  void restartTimesAreReadAndTheirSourceIsTold() throws IOException {
    Path times = folder.resolve("times.json");
    Files.writeString(
        times,
        """
        {"source": "made up by a test", "stageMillis": [1000], "restartMillis": [100000]}
        """);

    assertThat(run("--tasks", "100", "--restart-times", times.toString())).isZero();

    assertThat(out.toString())
        .contains("are measured (made up by a test): stage 1 measurements, median 1 s");
  }

  @Test
  void theDocumentHoldsWhatTheCommandWritesIntoIt() throws IOException {
    String committed = Files.readString(DOCUMENT);
    Path document = folder.resolve("simulation.md");
    Files.writeString(
        document,
        committed.replaceFirst(
            "(?s)(<!-- results: begin -->\n).*(<!-- results: end -->)", "$1old\n$2"));

    assertThat(run("--document", document.toString(), "--restart-times", RESTART_TIMES)).isZero();

    assertThat(Files.readString(document))
        .as(
            "run: java -jar benchmarks/target/benchmarks.jar simulate --document docs/simulation.md"
                + " --restart-times docs/benchmarks/restart-times.json")
        .isEqualTo(committed)
        .contains("<!-- results: begin -->\n\n### Simulation, profile original");
    assertThat(folder.resolve("simulation")).isDirectoryContaining("glob:**original-ecs.png");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--profile|yesterday|--profile 'yesterday' is unknown; use original or today",
        "--tasks|many|--tasks 'many' is not a whole number from 10 to 20000",
        "--tasks|9|--tasks '9' is not a whole number from 10 to 20000",
        "--seed|x|--seed 'x' is not a whole number from -2147483648 to 2147483647",
        "--without|sleep|--without 'sleep' is not a part of the delay; use api-rate, capacity,",
        "--restart-times|nowhere.json|there is no file 'nowhere.json' of restart times",
        "--document|nowhere.md|--document 'nowhere.md' cannot be read; name a text file",
        "--nonsense|1|Unknown options: '--nonsense', '1'; see --help",
        "--json|no/such/folder/x.json|--json 'no/such/folder/x.json' cannot be written: make the",
      })
  void badInputIsOneLineAndExitCodeOne(String option, String value, String line) {
    assertThat(run(option, value)).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("simulate: " + line);
  }

  @Test
  void itCanBeMountedAsASubcommand() {
    OneLineErrors errors = new OneLineErrors();
    CommandLine suite =
        new CommandLine(new Suite())
            .addSubcommand(new SimulateCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors);

    assertThat(suite.execute("simulate", "--tasks", "100")).isZero();
    assertThat(suite.execute("simulate", "--tasks", "none")).isEqualTo(1);
    assertThat(out.toString()).contains("100 instances");
    assertThat(err.toString()).startsWith("simulate: --tasks 'none' ");
  }

  @Command(name = "suite")
  private static final class Suite {}

  private int run(String... arguments) {
    return Simulate.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
  }
}
