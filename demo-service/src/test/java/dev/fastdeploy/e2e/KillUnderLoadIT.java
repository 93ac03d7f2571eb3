package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import dev.fastdeploy.demo.traffic.Fate;
import dev.fastdeploy.demo.traffic.RequestResult;
import dev.fastdeploy.demo.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the service, the launcher or both in the middle of a deploy while clients ask. Where the
 * launcher holds the listeners, only what was inside the killed process is lost; where nothing
 * does, only what is asked until the service is there again.
 */
@Timeout(180)
class KillUnderLoadIT {

  private static final boolean ALL = Boolean.getBoolean("fastdeploy.kills.all");
  private static final int PER_SECOND = 100;

  /**
   * What is tried.
   *
   * @param held true if the launcher holds the listeners then, and goes on
   */
  private record Kill(Victim victim, Step step, boolean held) {}

  private static final List<Kill> KILLS =
      List.of(
          new Kill(Victim.SERVICE, Step.READY, true),
          new Kill(Victim.SERVICE, Step.HELD, true),
          new Kill(Victim.SERVICE, Step.STARTED, true),
          new Kill(Victim.SERVICE, Step.STAGED, false),
          new Kill(Victim.SERVICE, Step.PROVEN, false),
          new Kill(Victim.LAUNCHER, Step.STAGED, false),
          new Kill(Victim.LAUNCHER, Step.HELD, false),
          new Kill(Victim.LAUNCHER, Step.STARTED, false),
          new Kill(Victim.LAUNCHER, Step.READY, false),
          new Kill(Victim.LAUNCHER, Step.PROVEN, false),
          new Kill(Victim.CONTAINER, Step.HELD, false),
          new Kill(Victim.CONTAINER, Step.READY, false));

  @TempDir Path folder;
  private TestBed bed;
  private Path image;

  @AfterEach
  void closeBed() {
    if (bed != null) {
      bed.close();
    }
  }

  static Stream<Arguments> kills() throws IOException {
    List<Jdk> jdks = Jdks.all().toList();
    return ALL
        ? KILLS.stream().flatMap(kill -> jdks.stream().map(jdk -> Arguments.of(jdk, kill)))
        : Stream.of(Arguments.of(Jdks.byTurns(0), KILLS.get(0)));
  }

  @ParameterizedTest
  @MethodSource("kills")
  void onlyWhatTheKilledProcessHadIsLost(Jdk jdk, Kill kill) throws Exception {
    bed = new TestBed(jdk, folder);
    image = bed.demoRelease("c1");
    // One that is killed before it serves is not to serve first.
    bed.publish(
        bed.demoRelease(
            kill.step() == Step.STARTED
                ? new ServiceRelease("c2", Fault.HANG, 0)
                : new ServiceRelease("c2", Fault.NONE, 0)),
        "c2");
    bed.startServing(launcher(kill), "c1");
    try (Traffic traffic = new Traffic(List.of(bed.port()), PER_SECOND)) {
      traffic.start();
      try (ChildProcess deploy = bed.startDeploy("c2")) {
        kill.step().await(bed, deploy);

        kill.victim().kill(bed.lastLauncher());

        long killed = System.currentTimeMillis();
        startAgain(kill);
        Object result = DeployRun.of(deploy).outcome("result");
        bed.awaitServing(result.equals("PROVEN") ? "c2" : "c1", bed.lastLauncher());
        long serves = System.currentTimeMillis();
        assertThat(traffic.await(one -> one.startMillis() > serves, TestBed.PATIENCE)).isPresent();
        traffic.stop();
        assertLostNoMore(traffic, kill.held() ? killed : serves, kill);
      }
    }
  }

  private LauncherProcess.Builder launcher(Kill kill) {
    LauncherProcess.Builder builder =
        bed.demoLauncher(image, "c1")
            .option("--hold-connections", "60s")
            // Whatever serves is still on probation when it is to be killed then.
            .option("--soak", kill.step() == Step.READY ? "30s" : "1500ms");
    return kill.step() == Step.STAGED ? builder.option("--pre-drain", "2s") : builder;
  }

  /** What a platform does: a container that has ended is started again. */
  private void startAgain(Kill kill) throws IOException {
    Awaitility.await("a service, or the launcher's end")
        .atMost(TestBed.PATIENCE)
        .until(() -> !bed.lastLauncher().alive() || !bed.servedCommit().isEmpty());
    if (!bed.lastLauncher().alive()) {
      bed.start(launcher(kill));
    }
  }

  private void assertLostNoMore(Traffic traffic, long until, Kill kill) {
    List<RequestResult> unexpected =
        traffic.results().stream()
            .filter(request -> request.fate() != Fate.SERVED)
            .filter(
                request ->
                    request.startMillis() > until
                        || (kill.held() && request.fate() == Fate.REFUSED))
            .toList();
    assertThat(unexpected.size())
        .as(
            () ->
                unexpected.stream().limit(5).toList()
                    + "\n"
                    + String.join("\n", bed.lastLauncher().output().stderr()))
        .isZero();
  }
}
