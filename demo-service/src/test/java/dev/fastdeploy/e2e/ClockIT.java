package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody sets the clock of the instance in the middle of a deploy, a probation, a back-off and a
 * stop: no time runs out early, and none grows longer.
 */
@Timeout(120)
class ClockIT {

  private static final Duration HOUR = Duration.ofHours(1);

  /** All that is waited for takes seconds; a machine with much to do takes longer. */
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private ShiftedClock clock;
  private TestBed bed;

  private void makeBed(int turn) throws IOException {
    clock = ShiftedClock.in(folder);
    bed = new TestBed(Jdks.byTurns(turn), folder);
  }

  @AfterEach
  void closeBed() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void aDeployOverJumpsIsJudgedAsEver() throws Exception {
    makeBed(0);
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.HANG, 0)), "bad");
    LauncherProcess launcher =
        bed.startServing(
            shifted(bed.demoLauncher(bed.demoRelease("c1"), "c1"))
                .option("--pre-drain", "1s")
                .option("--soak", "1s")
                .option("--ready-timeout", "15s"),
            "c1");
    try (ChildProcess deploy = startDeploy("c2")) {
      deploy.output().await(line -> line.contains("\"preDraining\""), SOON);
      clock.set(HOUR.negated());
      awaitSaid(launcher, "the release c2 is started, on probation");
      clock.set(HOUR);

      DeployRun run = DeployRun.of(deploy);
      assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    }
    try (ChildProcess deploy = startDeploy("bad")) {
      awaitSaid(launcher, "the release bad is started, on probation");
      clock.set(HOUR.negated());

      assertThat(deploy.waitFor(SOON)).isEqualTo(OptionalInt.of(2));
      DeployRun run = DeployRun.of(deploy);
      assertThat(run.outcome("result")).as(run.toString()).isEqualTo("ROLLED_BACK");
      assertThat(run.outcome("reason").toString()).contains("it was not ready after 15000 ms");
    }
    bed.awaitServing("c2", launcher);
    assertThat(bed.status()).containsEntry("running", "c2").containsEntry("pending", "");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0, -1"})
  void aBackOffAndAStopTakeTheirTime(int turn, int sign) throws Exception {
    makeBed(turn);
    Path image = Files.createDirectory(folder.resolve("image"));
    LauncherProcess launcher =
        bed.start(
            shifted(bed.launcher(image, "c1"))
                .option("--restart", "on-failure")
                .option("--stop-timeout", "1s")
                .command(
                    List.of(
                        "sh",
                        "-c",
                        "[ $FASTDEPLOY_ATTEMPT = 1 ] && exit 1;"
                            + " trap 'echo asked' TERM; echo up; while :; do sleep 0.05; done")));
    awaitSaid(launcher, "it is started again in 1 s");
    long crashed = System.nanoTime();
    clock.set(HOUR.multipliedBy(sign));
    awaitSaid(launcher, "up");
    assertThat(Duration.ofNanos(System.nanoTime() - crashed)).isGreaterThan(Duration.ofMillis(700));
    clock.set(HOUR.multipliedBy(-sign));
    launcher.signal(Signal.TERM);
    awaitSaid(launcher, "asked");
    long asked = System.nanoTime();
    clock.set(HOUR.multipliedBy(sign));

    assertThat(launcher.waitFor(SOON)).isEqualTo(OptionalInt.of(137));
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(700));
  }

  @Test
  void aPipelineWhoseClockIsBehindIsRefusedAndAudited() throws Exception {
    makeBed(0);
    bed.publish(bed.demoRelease("c2"), "c2");
    LauncherProcess launcher =
        bed.startServing(bed.demoLauncher(bed.demoRelease("c1"), "c1"), "c1");
    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
    clock.set(HOUR.negated());
    FastdeployCommand right = bed.command();
    FastdeployCommand behind =
        new FastdeployCommand(
            right.jdk(), right.jvmFlags(), right.fastdeployJar(), clock.environment());

    CommandResult result =
        behind.run(
            List.of("deploy", "c1", "--target", bed.target(), "--json", "--deploy-id", "late"),
            TestBed.PATIENCE);

    DeployRun run = new DeployRun(result);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("refusal")).as(run.toString()).isEqualTo("OLDER_SEQUENCE");
    assertThat(run.outcome("reason").toString()).contains("that of a later deploy");
    assertThat(bed.servedCommit()).isEqualTo("c2");
    assertThat(launcher.output().stderr())
        .anyMatch(
            line ->
                line.contains("audit")
                    && line.contains("deploy=late commit=c1 decision=refused:OLDER_SEQUENCE"));
  }

  private LauncherProcess.Builder shifted(LauncherProcess.Builder launcher) {
    clock.environment().forEach(launcher::environment);
    return launcher;
  }

  private ChildProcess startDeploy(String commit) throws IOException {
    return bed.startDeploy(commit);
  }

  private static void awaitSaid(LauncherProcess launcher, String words) throws Exception {
    assertThat(launcher.output().await(line -> line.contains(words), SOON)).as(words).isPresent();
  }
}
