package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the service, the launcher or both with SIGKILL in the middle of a deploy, and starts what
 * has ended again, as a platform would. Then the right release serves, and the pipeline knows.
 */
@ParameterizedClass
@MethodSource("dev.fastdeploy.e2e.Jdks#all")
@Timeout(180)
class KillIT {

  /** How many kills at random times; {@code -Dfastdeploy.kills=300} is the slow profile's. */
  private static final int KILLS = Integer.getInteger("fastdeploy.kills", 4);

  /** A deploy is over well before. */
  private static final int LONGEST_MILLIS = 4000;

  @TempDir Path folder;
  private final Jdk jdk;
  private TestBed bed;
  private Path image;

  KillIT(Jdk jdk) {
    this.jdk = jdk;
  }

  @BeforeEach
  void makeBed() throws Exception {
    bed = new TestBed(jdk, folder);
    image = bed.subjectRelease("c1", "hook=slow");
    bed.publish(bed.subjectRelease("c2", "hook=slow", "start=700"), "c2");
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVICE,   ACCEPTED, c1, FAILED",
    "LAUNCHER,  ACCEPTED, c1, FAILED",
    "CONTAINER, ACCEPTED, c1, FAILED",
    // The end of the process was agreed on, however it comes.
    "SERVICE,   DRAINING, c2, PROVEN",
    // What was never proven is given up by the next launcher.
    "LAUNCHER,  DRAINING, c1, ROLLED_BACK",
    "CONTAINER, DRAINING, c1, ROLLED_BACK",
    "SERVICE,   STARTED,  c1, ROLLED_BACK",
    "LAUNCHER,  STARTED,  c1, ROLLED_BACK",
    "CONTAINER, STARTED,  c1, ROLLED_BACK",
    "SERVICE,   READY,    c1, ROLLED_BACK",
    "LAUNCHER,  READY,    c1, ROLLED_BACK",
    "CONTAINER, READY,    c1, ROLLED_BACK",
    "SERVICE,   PROVEN,   c2, PROVEN",
    "LAUNCHER,  PROVEN,   c2, PROVEN",
    "CONTAINER, PROVEN,   c2, PROVEN"
  })
  void afterAKillTheRightReleaseServesAndThePipelineKnows(
      Victim victim, Step step, String commit, String result) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LauncherProcess.Builder builder = launcher();
      if (step == Step.ACCEPTED) {
        neverAnswering(builder, silent);
      }
      bed.startServing(builder, "c1");
      try (ChildProcess deploy = deploy()) {
        step.await(bed, deploy);

        victim.kill(bed.lastLauncher());

        startAgain();
        DeployRun run = DeployRun.of(deploy);
        assertThat(run.outcome("result")).as(run.toString()).isEqualTo(result);
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(result.equals("PROVEN") ? 0 : 2);
        assertServes(commit);
      }
    }
  }

  /** Whatever the moment is: what the pipeline was told is what runs. */
  @ParameterizedTest
  @MethodSource("seeds")
  void afterAKillAtAnyTimeWhatThePipelineWasToldIsTrue(long seed) throws Exception {
    Random random = new Random(seed);
    Victim victim = List.of(Victim.values()).get(random.nextInt(Victim.values().length));
    bed.startServing(launcher(), "c1");
    try (ChildProcess deploy = deploy()) {
      deploy.output().await(line -> line.contains("\"accepted\""), TestBed.PATIENCE);
      // Not a wait for something: the time is what is tried.
      Thread.sleep(random.nextInt(LONGEST_MILLIS));

      victim.kill(bed.lastLauncher());

      startAgain();
      DeployRun run = DeployRun.of(deploy);
      boolean proven = run.outcome("result").equals("PROVEN");
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(proven ? 0 : 2);
      assertServes(proven ? "c2" : "c1");
    }
  }

  static Stream<Long> seeds() {
    long first = Long.getLong("fastdeploy.kills.seed", System.currentTimeMillis());
    return IntStream.range(0, KILLS).mapToObj(i -> first + i);
  }

  private LauncherProcess.Builder launcher() {
    return bed.subjectLauncher(image, "c1").option("--soak", "1500ms");
  }

  private static void neverAnswering(LauncherProcess.Builder builder, ServerSocket silent) {
    builder
        .option("--store", "s3://bucket")
        .option("--store-endpoint", "http://127.0.0.1:" + silent.getLocalPort())
        .environment("AWS_ACCESS_KEY_ID", "id")
        .environment("AWS_SECRET_ACCESS_KEY", "secret");
  }

  private ChildProcess deploy() throws IOException {
    return bed.command().start(List.of("deploy", "c2", "--target", bed.target(), "--json"));
  }

  /** What a platform does: a container that has ended is started again. */
  private void startAgain() throws IOException {
    Awaitility.await("a service, or the launcher's end")
        .atMost(TestBed.PATIENCE)
        .until(() -> !bed.lastLauncher().alive() || !bed.servedCommit().isEmpty());
    if (!bed.lastLauncher().alive()) {
      bed.start(launcher());
    }
  }

  private void assertServes(String commit) throws Exception {
    bed.awaitServing(commit, bed.lastLauncher());
    bed.awaitEndpoint();
    Awaitility.await("the state")
        .atMost(TestBed.PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Object> status = bed.status();
              assertThat(status)
                  .containsEntry("running", commit)
                  .containsEntry("proven", commit)
                  .containsEntry("pending", "");
            });
    assertThat(bed.home().resolve("current").toRealPath())
        .isEqualTo(bed.home().resolve("releases").resolve(commit).toRealPath());
    assertThat(releases()).isSubsetOf("c1", "c2");
    assertThat(bed.home().resolve("releases/c2"))
        .satisfiesAnyOf(
            release -> assertThat(release).doesNotExist(),
            release -> assertThat(release.resolve("subject.properties")).exists());
  }

  /** Without what is being written: the next launcher removes it. */
  private List<String> releases() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(bed.home().resolve("releases"))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }
}
