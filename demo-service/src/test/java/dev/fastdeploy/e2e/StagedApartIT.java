package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.e2e.UnreliableS3.Mood;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A release from S3 is staged by a process of its own, and whatever becomes of that, it is. */
@Timeout(120)
class StagedApartIT extends OnEachJdk {

  private UnreliableS3 store;
  private LauncherProcess launcher;

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void startServing(String... options) throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    store = new UnreliableS3(bed.store());
    LauncherProcess.Builder builder = bed.demoLauncher(bed.demoRelease("c1"), "c1");
    store.use(builder);
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1]);
    }
    launcher = bed.startServing(builder, "c1");
  }

  private ProcessHandle service() {
    return launcher.descendants().stream()
        .filter(one -> one.parent().filter(parent -> parent.pid() == launcher.pid()).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private Optional<ProcessHandle> stagingProcess() {
    return service()
        .children()
        .filter(
            child ->
                Arrays.asList(child.info().arguments().orElse(new String[0]))
                    .contains("stage-apart"))
        .findFirst();
  }

  private ProcessHandle awaitStagingProcess() {
    return Awaitility.await()
        .atMost(TestBed.PATIENCE)
        .until(this::stagingProcess, Optional::isPresent)
        .orElseThrow();
  }

  private long classesOfTheSdk() throws Exception {
    String jcmd = jdk.java().resolveSibling("jcmd").toString();
    try (ChildProcess tool =
        ChildProcess.start(
            List.of(jcmd, "" + service().pid(), "GC.class_histogram", "-all"), Map.of(), null)) {
      assertThat(tool.waitFor(Duration.ofSeconds(30))).hasValue(0);
      List<String> lines = tool.output().last(100_000);
      assertThat(lines).anyMatch(line -> line.contains("dev.fastdeploy.demo"));
      return lines.stream().filter(line -> line.contains("software.amazon.awssdk")).count();
    }
  }

  private List<String> half() throws IOException {
    try (Stream<Path> entries = Files.list(bed.ownHome().resolve("releases"))) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("."))
          .toList();
    }
  }

  private void awaitSomethingStaged() {
    Awaitility.await().atMost(TestBed.PATIENCE).until(() -> !half().isEmpty());
  }

  private void assertNothingStaged() throws IOException {
    assertThat(half()).isEmpty();
  }

  @Test
  void theServiceLoadsNothingOfTheSdk() throws Exception {
    startServing("--store-timeout", "1s");
    store.be(Mood.HANGING);

    try (ChildProcess deploy = bed.startDeploy("c2")) {
      ProcessHandle process = awaitStagingProcess();
      int lower = Math.min(19, niceness(service()) + 5);
      Awaitility.await().atMost(TestBed.PATIENCE).until(() -> niceness(process) == lower);
      assertThat(deploy.waitFor(TestBed.PATIENCE)).hasValue(2);
      assertThat(process.isAlive()).isFalse();
    }

    assertThat(classesOfTheSdk()).isZero();
    assertNothingStaged();
    store.be(Mood.WELL);
    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
    assertThat(launcher.output().lines()).noneMatch(line -> line.text().contains("staging in"));
  }

  @Test
  void inTheServiceItDoes() throws Exception {
    startServing("--store-timeout", "1s", "--stage-in", "service");
    store.be(Mood.HANGING);

    assertThat(bed.deploy("c2").exitCode()).isEqualTo(2);

    assertThat(classesOfTheSdk()).isPositive();
  }

  @Test
  void aProcessThatIsKilledLeavesTheReleaseToTheService() throws Exception {
    startServing("--store-timeout", "60s");
    store.be(Mood.STALLING);

    try (ChildProcess deploy = bed.startDeploy("c2")) {
      ProcessHandle process = awaitStagingProcess();
      awaitSomethingStaged();
      store.be(Mood.WELL);
      process.destroyForcibly();
      assertThat(deploy.waitFor(TestBed.PATIENCE)).hasValue(0);
    }

    assertThat(launcher.output().lines())
        .anyMatch(
            line ->
                line.text()
                    .startsWith(
                        "fastdeploy: staging in the service's process: the JVM that stages ended"
                            + " with 137"));
    assertThat(bed.servedCommit()).isEqualTo("c2");
    assertNothingStaged();
  }

  /** Though it reads from a store that says nothing for long. */
  @Test
  void itEndsWithTheService() throws Exception {
    startServing("--store-timeout", "10m");
    store.be(Mood.STALLING);

    ChildProcess deploy = bed.startDeploy("c2");
    try (deploy) {
      ProcessHandle process = awaitStagingProcess();
      awaitSomethingStaged();
      service().destroyForcibly();

      Awaitility.await().atMost(TestBed.PATIENCE).until(() -> !process.isAlive());
      assertNothingStaged();
    }
  }

  /** Field 19 of proc(5)'s {@code stat}, behind the name in parentheses. */
  private static int niceness(ProcessHandle process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }
}
