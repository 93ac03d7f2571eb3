package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the supervisor makes of the ends of its service. */
class SupervisorProcessTest extends SupervisedShell {

  private static final int READY = 1500;

  /** Long enough for a watch that does not rest to end the process. */
  private static final Duration BEYOND_READY = Duration.ofMillis(2 * READY);

  private static final int TERMINATED = 143;

  @Test
  void theEndOfAProcessOnProbationInPlaceIsThatReleasesFailure() throws Exception {
    supervise();
    Service first = started(1);
    assertThat(first.commit()).isEqualTo("image");
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Runs("c2", true));
      awaitRunning("c2");

      first.kill();

      assertThat(started(2).commit()).isEqualTo("image");
      assertThat(home.state().refused())
          .containsEntry(
              new Commit("c2"), "module: it ended with code " + KILLED + " on probation");
    }
  }

  @Test
  void theEndOfAProcessWhoseReleaseWasProvenInPlaceIsThePlatformsMatter() throws Exception {
    supervise();
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Runs("c2", true));
      home.change(state -> state.withPendingProven(1));
      agent.send(new ChannelMessage.Runs("c2", false));
      // What a process has said is read before its end counts.
      first.kill();
    }

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(KILLED);
    assertThat(home.state().refused()).isEmpty();
  }

  @Test
  void theAgentIsToldWhatWasPrintedSinceTheReleaseWentOnProbation() throws Exception {
    supervise();
    Service first = started(1);
    try (Channel agent = first.connect()) {
      await("the first line")
          .atMost(LONG)
          .until(() -> lastLines(agent).equals(List.of("image begins")));
      activate("c2");

      agent.send(new ChannelMessage.Runs("c2", true));

      assertThat(lastLines(agent)).isEmpty();
    }
  }

  private static List<String> lastLines(Channel agent) throws IOException {
    agent.send(new ChannelMessage.AskLastLines());
    ChannelMessage answer = agent.receive().orElseThrow();
    return ((ChannelMessage.LastLines) answer).lines();
  }

  @Test
  void aProcessThatIsNoLongerOnProbationInPlaceEndsTheLauncherWithItsCode() throws Exception {
    supervise();
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Runs("c2", true));
      awaitRunning("c2");
      agent.send(new ChannelMessage.Runs("image", false));
      awaitRunning("image");
    }

    first.kill();

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(KILLED);
    assertThat(home.state().refused()).isEmpty();
  }

  @Test
  void aProcessThatDiesOnProbationInPlaceIsNotTakenForTheWatchedOne() throws Exception {
    Service watched = watchedAfterAFailedDeploy();
    try (Channel agent = watched.connect()) {
      activate("c3");
      agent.send(new ChannelMessage.Runs("c3", true));
      awaitRunning("c3");

      watched.kill();

      // The watch alone would go on to the image's release.
      assertThat(started(4).commit()).isEqualTo("c1");
      assertThat(home.state().refused()).containsKeys(new Commit("c2"), new Commit("c3"));
    }
  }

  @Test
  void theWatchOfAProcessRestsWhileItIsOnProbationInPlaceAndIsOverOnceThatIsProven()
      throws Exception {
    Service watched = watchedAfterAFailedDeploy();
    try (Channel agent = watched.connect()) {
      activate("c3");
      agent.send(new ChannelMessage.Runs("c3", true));
      awaitRunning("c3");
      Thread.sleep(BEYOND_READY.toMillis());
      assertThat(watched.lives()).isTrue();

      home.change(state -> state.withPendingProven(1));
      agent.send(new ChannelMessage.Runs("c3", false));
      Thread.sleep(BEYOND_READY.toMillis());
      assertThat(watched.lives()).isTrue();
    }
    watched.kill();

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(KILLED);
    assertThat(Files.readAllLines(starts)).hasSize(3);
  }

  @Test
  void theWatchOfAProcessGoesOnWhenTheReleaseBeforeComesBackInPlace() throws Exception {
    Service watched = watchedAfterAFailedDeploy();
    try (Channel agent = watched.connect()) {
      activate("c3");
      agent.send(new ChannelMessage.Runs("c3", true));
      awaitRunning("c3");
      agent.send(new ChannelMessage.Runs("c1", false));

      assertThat(started(4).commit()).isEqualTo("image");
      assertThat(watched.lives()).isFalse();
    }
  }

  /** A service of c1 that is never ready, started because c2 did not come up. */
  private Service watchedAfterAFailedDeploy() throws Exception {
    activate("c1");
    home.change(state -> state.withPendingProven(1));
    int nobodyListens;
    try (ServerSocket free = new ServerSocket(0)) {
      nobodyListens = free.getLocalPort();
    }
    supervise("--ready", "http:" + nobodyListens + "/", "--ready-timeout", READY + "ms");
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      agent.receive();
    }
    first.kill();
    started(2).kill();
    Service watched = started(3);
    assertThat(watched.commit()).isEqualTo("c1");
    return watched;
  }

  @Test
  void aCrashIsStartedAgainUntilTheRestartsAreUsedUp() throws Exception {
    supervise("--restart", "on-failure:1");
    started(1).kill();
    Service second = started(2);
    assertThat(second.attempt()).isEqualTo(2);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(board.get().restarts())
                    .containsEntry("failure", 1L)
                    .containsEntry("reload", 0L));
    second.kill();

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(KILLED);
    assertThat(said)
        .anyMatch(line -> line.contains("137; it is started again in 1 s (restart 1 of 1)"))
        .anyMatch(line -> line.contains("started again once; the launcher ends"));
  }

  @Test
  void whatIsStartedAfterACrashIsTheProvenRelease() throws Exception {
    supervise("--restart", "on-failure");
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Runs("c2", true));
      home.change(state -> state.withPendingProven(1));
      agent.send(new ChannelMessage.Runs("c2", false));
      first.kill();

      assertThat(started(2).commit()).isEqualTo("c2");
    }
  }

  @Test
  void aStopWhileARestartIsWaitedForEndsAtOnce() throws Exception {
    supervise("--restart", "on-failure");
    started(1).kill();
    await().atMost(LONG).until(() -> said.stream().anyMatch(line -> line.contains("in 1 s")));

    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(Files.readAllLines(starts)).hasSize(1);
  }

  @Test
  void aReloadIsNoCrash() throws Exception {
    supervise("--restart", "on-failure:1");
    for (int start = 1; start <= 3; start++) {
      Service service = started(start);
      try (Channel agent = service.connect()) {
        agent.send(new ChannelMessage.Reload("d", "image"));
        agent.receive();
        service.kill();
      }
    }
    started(4).kill();

    assertThat(started(5).commit()).isEqualTo("image");
  }

  @Test
  void aCrashOnProbationTakesTheReleaseBackAndIsNotCounted() throws Exception {
    supervise("--restart", "on-failure:1", "--ready-after", "30s", "--ready-timeout", "40s");
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      agent.receive();
    }
    first.kill();
    Service onProbation = started(2);
    assertThat(onProbation.commit()).isEqualTo("c2");
    onProbation.kill();
    // The image's release, the last resort: its crash is the policy's matter.
    started(3).kill();

    assertThat(started(4).commit()).isEqualTo("image");
    assertThat(home.state().refused()).containsKey(new Commit("c2"));
    assertThat(said).anyMatch(line -> line.contains("(restart 1 of 1)"));
  }

  @Test
  void aServiceThatOutlivedItsLauncherIsStoppedFirst() throws Exception {
    Process left = new ProcessBuilder("sleep", "60").start();
    leave(left.pid(), LauncherFacts.startedTicks(left.pid()));

    supervise();

    assertThat(started(1).commit()).isEqualTo("image");
    assertThat(left.waitFor()).isEqualTo(TERMINATED);
    assertThat(said).anyMatch(line -> line.contains("pid " + left.pid() + " has outlived"));
  }

  @Test
  void oneThatDoesNotStopIsKilledWithWhatItStarted() throws Exception {
    Process left =
        new ProcessBuilder("sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait; sleep 60").start();
    BufferedReader out = left.inputReader();
    ProcessHandle descendant = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    leave(left.pid(), LauncherFacts.startedTicks(left.pid()));

    supervise("--stop-timeout", "300ms");

    started(1);
    assertThat(left.waitFor()).isEqualTo(KILLED);
    await().atMost(LONG).until(() -> LauncherFacts.startedTicks(descendant.pid()) == 0);
  }

  @Test
  void aProcessThatGotThePidLaterIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      leave(stranger.pid(), LauncherFacts.startedTicks(stranger.pid()) - 1);

      supervise();

      started(1);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aStopWhileALeftServiceIsWaitedForStartsNothing() throws Exception {
    Process left =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done")
            .start();
    assertThat(left.inputReader().readLine()).isEqualTo("up");
    leave(left.pid(), LauncherFacts.startedTicks(left.pid()));
    supervise("--stop-timeout", "500ms");
    await().atMost(LONG).until(() -> said.stream().anyMatch(line -> line.contains("outlived")));

    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(Files.readAllLines(starts)).isEmpty();
    assertThat(left.waitFor()).isEqualTo(KILLED);
  }

  @Test
  void whoWasDeployingWhenTheServiceDiedLearnsHow() throws Exception {
    supervise("--restart", "on-failure");
    Service dying = started(1);
    DeployOutcome begun = begun("d-1", System.currentTimeMillis());
    home.change(state -> state.withOutcome(begun));

    dying.kill();

    started(2);
    assertThat(home.state().outcomes().get(0).reason())
        .isEqualTo(begun.reason() + ": the service ended with code 137");
    // What an earlier process broke off is not this one's.
    home.change(state -> state.withOutcome(begun("d-2", 1)));
    started(2).kill();
    started(3);
    assertThat(home.state().outcomes().get(0).reason()).isEqualTo(begun.reason());
  }

  /** What an agent records of a deploy in case that its process ends. */
  private static DeployOutcome begun(String id, long acceptedMillis) {
    return new DeployOutcome(
        new DeployId(id),
        1,
        new Commit("c2"),
        null,
        DeployResult.FAILED,
        DeployOutcome.ENDED_BEFORE_ACTIVATION,
        null,
        List.of(),
        Map.of(Phase.ACCEPTED, acceptedMillis));
  }

  @Test
  void whatACrashedServiceLeftIsEndedBeforeItIsStartedAgain() throws Exception {
    supervise("--restart", "on-failure");
    Service crashing = started(1);
    Process left = leftBy(crashing);

    crashing.kill();

    assertThat(started(2).attempt()).isEqualTo(2);
    assertThat(LauncherFacts.startedTicks(left.pid())).isZero();
    assertThat(said).anyMatch(line -> line.contains(left.pid() + " (sleep)"));
  }

  @ParameterizedTest
  @CsvSource({"end,true", "keep,false"})
  void whatHoldsThePortAfterAReloadIsEndedUnlessThatIsUnwanted(String leftovers, boolean free)
      throws Exception {
    supervise("--leftovers", leftovers, "--ready-after", "100ms");
    Service first = started(1);
    Process left =
        withTheEnvironmentOf(
            first,
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            Path.of(Listener.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            Listener.class.getName());
    int port = Integer.parseInt(left.inputReader().readLine());
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      agent.receive();
    }
    first.kill();

    assertThat(started(2).commit()).isEqualTo("c2");
    assertThat(isFree(port)).isEqualTo(free);
    assertThat(LauncherFacts.startedTicks(left.pid()) == 0).isEqualTo(free);
    left.destroyForcibly();
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket taken = new ServerSocket(port)) {
      return taken.isBound();
    } catch (BindException held) {
      return false;
    }
  }

  /** A helper that the service started, and that took its port. */
  static final class Listener {

    public static void main(String[] arguments) throws Exception {
      try (ServerSocket port = new ServerSocket(0)) {
        System.out.println(port.getLocalPort());
        new CountDownLatch(1).await();
      }
    }
  }

  @Test
  void theServiceIsToldTheReloadCode() throws Exception {
    supervise("--reload-exit-code", "41");

    assertThat(environment(started(1))).contains("FASTDEPLOY_RELOAD_EXIT_CODE=41");
  }

  @Test
  void aServiceThatLosesItsAgentIsToldInTheLogAndInTheHome() throws Exception {
    patience = Duration.ofMillis(100);
    supervise("--agent-via", "env");
    started(1);

    await()
        .atMost(LONG)
        .until(() -> said.stream().anyMatch(line -> line.contains("no agent of the service")));
    await()
        .atMost(LONG)
        .until(() -> Files.readString(home.launcherFacts()).contains("agent.heard=false"));
  }

  @Test
  void aStopWhileSomethingLeftIsWaitedForStartsNothing() throws Exception {
    supervise("--restart", "on-failure", "--stop-timeout", "200ms");
    Service crashing = started(1);
    Process left =
        withTheEnvironmentOf(
            crashing, "sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done");
    assertThat(left.inputReader().readLine()).isEqualTo("up");
    crashing.kill();
    await().atMost(LONG).until(() -> said.stream().anyMatch(line -> line.contains("behind")));

    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(Files.readAllLines(starts)).hasSize(1);
    assertThat(left.waitFor()).isEqualTo(KILLED);
  }

  @Test
  void whatTheServiceOfAKilledLauncherLeftIsEndedToo() throws Exception {
    Process left = new ProcessBuilder("env", "FASTDEPLOY_MARK=of-a-test", "sleep", "60").start();
    Process launcher = new ProcessBuilder("true").start();
    launcher.waitFor();
    new LauncherFacts(
            launcher.pid(), 1, launcher.pid(), 1, "image", false, true, true, "of-a-test", "", "")
        .write(home);

    supervise();

    started(1);
    assertThat(left.waitFor()).isEqualTo(TERMINATED);
  }

  /** A process of which nothing but its environment tells that it is the service's. */
  private static Process leftBy(Service service) throws IOException {
    return withTheEnvironmentOf(service, "sleep", "60");
  }

  private static Process withTheEnvironmentOf(Service service, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    for (String variable : environment(service)) {
      if (variable.startsWith("FASTDEPLOY_")) {
        String[] parts = variable.split("=", 2);
        builder.environment().put(parts[0], parts[1]);
      }
    }
    return builder.start();
  }

  private static List<String> environment(Service service) {
    Path environment = Path.of("/proc/" + service.pid() + "/environ");
    // While the shell becomes what it runs, the kernel shows none.
    String variables =
        await()
            .atMost(LONG)
            .until(
                () -> Files.readString(environment),
                read -> read.contains(ProcessContract.MARK + "="));
    return List.of(variables.split("\0", -1));
  }

  /** A launcher that was killed told this of its service. */
  private void leave(long pid, long startedTicks) throws Exception {
    Process launcher = new ProcessBuilder("true").start();
    launcher.waitFor();
    new LauncherFacts(launcher.pid(), 1, pid, startedTicks, "image", false, true, true, "", "", "")
        .write(home);
  }
}
