package dev.fastdeploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.ReloadStrategyBenchmark;
import dev.fastdeploy.benchmarks.StagingBenchmark;
import dev.fastdeploy.benchmarks.sample.BenchmarkName;
import dev.fastdeploy.benchmarks.sample.Figure;
import dev.fastdeploy.benchmarks.sample.Results;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SuiteRunIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String IGNORE_LOCK = "jmh.ignoreLock";

  @TempDir Path folder;

  @BeforeEach
  void besideOthers() {
    System.setProperty(IGNORE_LOCK, "true");
  }

  @AfterEach
  void clear() {
    System.clearProperty(IGNORE_LOCK);
  }

  @Test
  void whatFailsIsWrittenDownAndTheRestIsMeasured() throws Exception {
    Plan plan =
        new Plan(
            "tiny",
            List.of(
                staging("stage", Map.of("source", "tape")),
                staging("curlTar", Map.of("source", "directory", "files", "2")),
                reload("shell", "demo"),
                reload("devtools", "demo")));
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    Results results =
        new SuiteRun(plan, List.of(Jdk.running()), folder, new PrintStream(said, true)).run();

    assertThat(results.complete()).isTrue();
    assertThat(results.failures())
        .extracting(failure -> failure.reason())
        .satisfiesExactly(
            tape -> assertThat(tape).contains("'tape' is unknown"),
            devTools -> assertThat(devTools).contains("Spring Boot applications only"));
    assertThat(results.samples())
        .filteredOn(sample -> sample.benchmark().equals(BenchmarkName.STAGING))
        .hasSize(2)
        .allSatisfy(sample -> assertThat(sample.figures()).containsKey(Figure.TIME))
        .allSatisfy(sample -> assertThat(sample.parameter("method")).isEqualTo("curlTar"));
    assertThat(results.samples())
        .filteredOn(sample -> sample.parameter("strategy").equals("shell"))
        .hasSize(1)
        .allSatisfy(sample -> assertThat(sample.figures()).containsKey(Figure.FIRST_ANSWER));
    assertThat(ResultsFile.read(folder.resolve(SuiteRun.RESULTS))).isEqualTo(results);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("[ 4/4] reload").contains("failed:");
  }

  private static PlannedRun staging(String method, Map<String, String> parameters) {
    return PlannedRun.of(BenchmarkName.STAGING, StagingBenchmark.class, method, 2, parameters);
  }

  private static PlannedRun reload(String strategy, String service) {
    return PlannedRun.of(
        BenchmarkName.RELOAD,
        ReloadStrategyBenchmark.class,
        PlannedRun.ONLY_METHOD,
        1,
        Map.of(
            "strategy",
            strategy,
            "service",
            service,
            "load",
            "0",
            "warmup",
            "20",
            "aftermath",
            "10"));
  }

  @Test
  void anInterruptedSuiteLeavesNoProcessAndNoFolder() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (ChildProcess suite = start(temporary)) {
      Awaitility.await("a service of the first benchmark")
          .atMost(SOON)
          .until(() -> suite.descendants().size() >= 3);

      suite.signal(Signal.INT);

      assertThat(suite.waitFor(SOON)).isPresent();
      Awaitility.await().atMost(SOON).until(() -> suite.descendants().isEmpty());
      assertThat(workplaces(temporary)).isEmpty();
    }
  }

  /** The JVM of a benchmark, launcher and service make three. */
  private ChildProcess start(Path temporary) throws IOException {
    return ChildProcess.start(
        List.of(
            Jdk.running().java().toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-D" + IGNORE_LOCK + "=true",
            "-jar",
            Artifacts.own().directory().resolve("benchmarks.jar").toString(),
            "short",
            "--output",
            folder.resolve("out").toString()),
        Map.of(),
        null);
  }

  private static List<Path> workplaces(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().startsWith("fd-bench")).toList();
    }
  }
}
