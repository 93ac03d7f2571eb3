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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the service, the launcher or both with SIGKILL in the middle of a deploy, and starts what
 * has ended again, as a platform would. Then the right release serves, and the pipeline knows.
 */
@Timeout(180)
class KillIT {

  /** How many kills at random times; {@code -Dfastdeploy.kills=300} is the slow profile's. */
  private static final int KILLS = Integer.getInteger("fastdeploy.kills", 2);

  /**
   * By turns each on one of the JDKs, and {@link #SOME} of the steps; {@code
   * -Dfastdeploy.kills.all=true} tries each step on each JDK.
   */
  private static final boolean ALL = Boolean.getBoolean("fastdeploy.kills.all");

  /** A deploy is over well before. */
  private static final int LONGEST_MILLIS = 4000;

  @TempDir Path folder;
  private TestBed bed;
  private Path image;

  private void makeBed(Jdk jdk) throws Exception {
    bed = new TestBed(jdk, folder);
    image = bed.subjectRelease("c1", "hook=slow");
    bed.publish(bed.subjectRelease("c2", "hook=slow", "start=700"), "c2");
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  /**
   * What is tried, and what comes of it.
   *
   * @param commit what serves then
   * @param result what the pipeline is told
   */
  private record Kill(Victim victim, Step step, String commit, String result) {}

  private static final List<Kill> EACH_STEP =
      List.of(
          new Kill(Victim.SERVICE, Step.ACCEPTED, "c1", "FAILED"),
          new Kill(Victim.LAUNCHER, Step.ACCEPTED, "c1", "FAILED"),
          new Kill(Victim.CONTAINER, Step.ACCEPTED, "c1", "FAILED"),
          new Kill(Victim.SERVICE, Step.STAGED, "c1", "FAILED"),
          new Kill(Victim.LAUNCHER, Step.STAGED, "c1", "FAILED"),
          new Kill(Victim.CONTAINER, Step.STAGED, "c1", "FAILED"),
          // The end of the process was agreed on, however it comes.
          new Kill(Victim.SERVICE, Step.DRAINING, "c2", "PROVEN"),
          // What was never proven is given up by the next launcher.
          new Kill(Victim.LAUNCHER, Step.DRAINING, "c1", "ROLLED_BACK"),
          new Kill(Victim.CONTAINER, Step.DRAINING, "c1", "ROLLED_BACK"),
          new Kill(Victim.SERVICE, Step.STARTED, "c1", "ROLLED_BACK"),
          new Kill(Victim.LAUNCHER, Step.STARTED, "c1", "ROLLED_BACK"),
          new Kill(Victim.CONTAINER, Step.STARTED, "c1", "ROLLED_BACK"),
          new Kill(Victim.SERVICE, Step.READY, "c1", "ROLLED_BACK"),
          new Kill(Victim.LAUNCHER, Step.READY, "c1", "ROLLED_BACK"),
          new Kill(Victim.CONTAINER, Step.READY, "c1", "ROLLED_BACK"),
          new Kill(Victim.SERVICE, Step.PROVEN, "c2", "PROVEN"),
          new Kill(Victim.LAUNCHER, Step.PROVEN, "c2", "PROVEN"),
          new Kill(Victim.CONTAINER, Step.PROVEN, "c2", "PROVEN"));

  /** Each step, each victim, and each result that a victim has. */
  private static final List<Kill> SOME =
      List.of(
          new Kill(Victim.SERVICE, Step.ACCEPTED, "c1", "FAILED"),
          new Kill(Victim.LAUNCHER, Step.STAGED, "c1", "FAILED"),
          new Kill(Victim.CONTAINER, Step.STAGED, "c1", "FAILED"),
          new Kill(Victim.SERVICE, Step.DRAINING, "c2", "PROVEN"),
          new Kill(Victim.LAUNCHER, Step.DRAINING, "c1", "ROLLED_BACK"),
          new Kill(Victim.CONTAINER, Step.STARTED, "c1", "ROLLED_BACK"),
          new Kill(Victim.SERVICE, Step.READY, "c1", "ROLLED_BACK"),
          new Kill(Victim.LAUNCHER, Step.PROVEN, "c2", "PROVEN"),
          new Kill(Victim.CONTAINER, Step.PROVEN, "c2", "PROVEN"));

  private static final AtomicInteger ENDED = new AtomicInteger();

  /** What several hundred kills come to is told as they go. */
  private static void tell(Jdk jdk, Object what, String result) {
    int ended = ENDED.incrementAndGet();
    if (ALL || KILLS > EACH_STEP.size()) {
      System.out.println("kill " + ended + " on " + jdk.feature() + ": " + what + ": " + result);
    }
  }

  static Stream<Arguments> kills() throws IOException {
    return onJdks(ALL ? EACH_STEP : SOME);
  }

  static Stream<Arguments> seeds() throws IOException {
    long first = Long.getLong("fastdeploy.kills.seed", System.currentTimeMillis());
    return onJdks(IntStream.range(0, KILLS).mapToObj(i -> first + i).toList());
  }

  private static Stream<Arguments> onJdks(List<?> what) throws IOException {
    List<Jdk> jdks = Jdks.all().toList();
    return IntStream.range(0, what.size())
        .boxed()
        .flatMap(
            i ->
                (ALL ? jdks.stream() : Stream.of(jdks.get(i % jdks.size())))
                    .map(jdk -> Arguments.of(jdk, what.get(i))));
  }

  @ParameterizedTest
  @MethodSource("kills")
  void afterAKillTheRightReleaseServesAndThePipelineKnows(Jdk jdk, Kill kill) throws Exception {
    makeBed(jdk);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LauncherProcess.Builder builder = launcher();
      if (kill.step() == Step.ACCEPTED) {
        neverAnswering(builder, silent);
      }
      if (kill.step() == Step.STAGED) {
        builder.option("--pre-drain", "1s");
      }
      bed.startServing(builder, "c1");
      try (ChildProcess deploy = deploy()) {
        kill.step().await(bed, deploy);

        kill.victim().kill(bed.lastLauncher());

        startAgain();
        DeployRun run = DeployRun.of(deploy);
        assertThat(run.outcome("result")).as(run.toString()).isEqualTo(kill.result());
        assertThat(run.exitCode())
            .as(run.toString())
            .isEqualTo(kill.result().equals("PROVEN") ? 0 : 2);
        assertServes(kill.commit());
        tell(jdk, kill.victim() + " at " + kill.step(), kill.result());
      }
    }
  }

  /** Whatever the moment is: what the pipeline was told is what runs. */
  @ParameterizedTest
  @MethodSource("seeds")
  void afterAKillAtAnyTimeWhatThePipelineWasToldIsTrue(Jdk jdk, long seed) throws Exception {
    makeBed(jdk);
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
      assertThat(run.outcome("result")).as(run.toString()).isIn("PROVEN", "ROLLED_BACK", "FAILED");
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(proven ? 0 : 2);
      assertServes(proven ? "c2" : "c1");
      tell(jdk, victim + " by seed " + seed, proven ? "PROVEN" : "not proven");
    }
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
    return bed.startDeploy("c2");
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
    assertThat(bed.ownHome().resolve("current").toRealPath())
        .isEqualTo(bed.ownHome().resolve("releases").resolve(commit).toRealPath());
    assertThat(releases()).isSubsetOf("c1", "c2");
    assertThat(bed.ownHome().resolve("releases/c2"))
        .satisfiesAnyOf(
            release -> assertThat(release).doesNotExist(),
            release -> assertThat(release.resolve("subject.properties")).exists());
  }

  /** Without what is being written: the next launcher removes it. */
  private List<String> releases() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(bed.ownHome().resolve("releases"))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }
}
