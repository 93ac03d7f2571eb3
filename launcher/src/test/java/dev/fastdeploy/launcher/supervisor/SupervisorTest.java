package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.launcher.supervisor.health.InstanceSnapshot;
import dev.fastdeploy.launcher.supervisor.health.InstanceState;
import dev.fastdeploy.launcher.supervisor.health.ReloadCount;
import dev.fastdeploy.launcher.supervisor.health.SnapshotBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor with a shell as the service, and the test as the agent in it. */
@Timeout(60)
class SupervisorTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Commit IMAGE = new Commit("image");
  private static final int KILLED = 137;

  @TempDir Path folder;
  private final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final SnapshotBoard board = new SnapshotBoard(1000);
  private Path starts;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    starts = Files.createFile(folder.resolve("starts"));
    home = new Home(folder.resolve("home"));
    Path image = Files.createDirectory(folder.resolve("app"));
    try (Releases releases = Releases.open(home, IMAGE, image)) {
      releases.atStart();
    }
  }

  @AfterEach
  void stop() throws Exception {
    events.add(new SupervisorEvent.SignalReceived("TERM"));
    end.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void theEndOfAProcessOnProbationInPlaceIsThatReleasesFailure() throws Exception {
    supervise();
    Service first = started(1);
    assertThat(first.commit).isEqualTo("image");
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Runs("c2", true));
      awaitRunning("c2");

      first.kill();

      assertThat(started(2).commit).isEqualTo("image");
      assertThat(home.state().refused())
          .containsEntry(new Commit("c2"), "it ended with code " + KILLED + " on probation");
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
  void theWatchOfAProcessRestsWhileItReloadsInPlace() throws Exception {
    activate("c1");
    home.change(state -> state.withPendingProven(1));
    int nobodyListens;
    try (ServerSocket free = new ServerSocket(0)) {
      nobodyListens = free.getLocalPort();
    }
    supervise("--ready", "http:" + nobodyListens + "/", "--ready-timeout", "1500ms");
    Service first = started(1);
    assertThat(first.commit).isEqualTo("c1");
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      agent.receive();
    }
    first.kill();
    started(2).kill();
    // Went back, and is watched: the launcher would go on to the image's release.
    Service before = started(3);
    assertThat(before.commit).isEqualTo("c1");
    try (Channel agent = before.connect()) {
      activate("c3");
      agent.send(new ChannelMessage.Runs("c3", true));
      awaitRunning("c3");

      before.kill();

      assertThat(started(4).commit).isEqualTo("c1");
      assertThat(home.state().refused()).containsKeys(new Commit("c2"), new Commit("c3"));
    }
  }

  @Test
  void aStopTellsLoadBalancersBeforeItTellsTheService() throws Exception {
    supervise("--pre-drain", "1500ms");
    Service service = started(1);
    awaitState(InstanceState.READY);
    try (Channel agent = service.connect()) {
      long begin = System.nanoTime();
      events.add(new SupervisorEvent.SignalReceived("TERM"));

      // The agent deploys nothing any more, at once; and the service goes on serving.
      assertThat(agent.receive()).contains(new ChannelMessage.Stopping());
      awaitState(InstanceState.STOPPING);
      assertThat(board.get().ready()).isFalse();
      assertThat(board.get().live()).isTrue();
      assertThat(service.isAlive()).isTrue();

      assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(Duration.ofMillis(1500));
    }
  }

  @Test
  void aSecondStopIsPassedOnAtOnce() throws Exception {
    supervise("--pre-drain", "24s");
    started(1);
    awaitState(InstanceState.READY);

    events.add(new SupervisorEvent.SignalReceived("TERM"));
    awaitState(InstanceState.STOPPING);
    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(15, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aServiceThatNobodySendsRequestsToIsStoppedAtOnce() throws Exception {
    supervise("--pre-drain", "24s", "--ready", "tcp:" + freePort());
    started(1);

    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(15, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aStopTimeoutCountsFromTheStop() throws Exception {
    supervise("--pre-drain", "1s", "--stop-timeout", "1500ms");
    Service service = started(1);
    awaitState(InstanceState.READY);
    service.pause();

    events.add(new SupervisorEvent.SignalReceived("TERM"));

    assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(KILLED);
  }

  @Test
  void aServiceWithoutAnAgentIsAskedForAsLongAsItRuns() throws Exception {
    int port = freePort();
    supervise(
        "--ready",
        "tcp:" + port,
        "--ready-timeout",
        "300ms",
        "--health",
        "127.0.0.1:" + freePort());
    started(1);
    awaitState(InstanceState.FAILED);
    assertThat(board.get().live()).isFalse();
    assertThat(board.get().deadBecause()).startsWith("the service was not ready after 300 ms: ");

    try (ServerSocket service = new ServerSocket(port)) {
      awaitState(InstanceState.READY);
      assertThat(board.get().live()).isTrue();
      assertThat(service.isBound()).isTrue();
    }

    awaitState(InstanceState.UNREADY);
    assertThat(board.get().live()).isTrue();
  }

  @Test
  void anAgentsReadinessIsTold() throws Exception {
    supervise("--ready", "http:1/", "--health", "127.0.0.1:" + freePort());
    try (Channel agent = started(1).connect()) {
      agent.send(new ChannelMessage.Ready());
      awaitState(InstanceState.READY);
      agent.send(new ChannelMessage.Unready("load balancers have 10 ms"));

      awaitState(InstanceState.UNREADY);
      assertThat(board.get().unreadyBecause()).isEqualTo("load balancers have 10 ms");
    }
  }

  @Test
  void aReloadByTheProcessIsFollowedAndCounted() throws Exception {
    supervise("--soak", "200ms");
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      assertThat(agent.receive()).contains(new ChannelMessage.Acknowledged());
      awaitState(InstanceState.DRAINING);
      assertThat(board.get().ready()).isFalse();
    }
    first.kill();

    started(2);
    awaitState(InstanceState.PROBATION);
    assertThat(board.get().commit()).isEqualTo("c2");
    awaitState(InstanceState.READY);

    InstanceSnapshot told = board.get();
    assertThat(told.attempt()).isEqualTo(2);
    assertThat(told.reloads()).contains(new ReloadCount("module", "proven", 1));
    assertThat(told.restarts()).containsEntry("reload", 1L).containsEntry("rollback", 0L);
    assertThat(told.rollbacks()).isZero();
    assertThat(told.lastReload())
        .hasValueSatisfying(
            times ->
                assertThat(times.phaseMillis())
                    .containsKeys(Phase.EXITED, Phase.STARTED, Phase.READY, Phase.PROVEN));
  }

  @Test
  void aReloadInPlaceIsFollowedAndCounted() throws Exception {
    supervise();
    try (Channel agent = started(1).connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Runs("c2", true));
      awaitState(InstanceState.PROBATION);
      agent.send(new ChannelMessage.Runs("image", false));
      awaitState(InstanceState.READY);
      activate("c3");
      agent.send(new ChannelMessage.Runs("c3", true));
      awaitState(InstanceState.PROBATION);
      agent.send(new ChannelMessage.Runs("c3", false));
      awaitState(InstanceState.READY);

      assertThat(board.get().commit()).isEqualTo("c3");
      assertThat(board.get().rollbacks()).isOne();
      assertThat(board.get().reloads())
          .contains(
              new ReloadCount("module", "rolled_back", 1), new ReloadCount("module", "proven", 1));
      assertThat(board.get().restarts()).containsEntry("reload", 0L);
    }
  }

  @Test
  void anImageThatDoesNotComeUpAgainIsLeftToThePlatform() throws Exception {
    activate("c1");
    home.change(state -> state.withPendingProven(1));
    supervise(
        "--ready", "tcp:" + freePort(), "--ready-timeout", "500ms", "--health", "127.0.0.1:1");
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      assertThat(agent.receive()).contains(new ChannelMessage.Acknowledged());
    }
    first.kill();

    assertThat(started(4).commit).isEqualTo("image");
    awaitState(InstanceState.FAILED);

    assertThat(board.get().live()).isFalse();
    assertThat(board.get().rollbacks()).isOne();
    assertThat(board.get().reloads()).contains(new ReloadCount("module", "rolled_back", 1));
    assertThat(board.get().restarts()).containsEntry("reload", 1L).containsEntry("rollback", 2L);
  }

  private void awaitState(InstanceState state) {
    await("the state " + state)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> board.get().state() == state);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private void supervise(String... more) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("--home", home.root().toString(), "--release", folder + "/app"));
    words.addAll(List.of("--commit", IMAGE.id()));
    words.addAll(List.of(more));
    words.addAll(
        List.of(
            "--",
            "sh",
            "-c",
            "echo $FASTDEPLOY_COMMIT $$ $FASTDEPLOY_CHANNEL >> '" + starts + "'; exec sleep 60"));
    RunOptions options = RunOptions.parse(words, new Properties(), Map.of());
    Path jar = folder.resolve("fastdeploy.jar");
    ServiceCommand command = new ServiceCommand(options.command(), options.agent(), jar);
    Releases releases = Releases.open(home, options.imageCommit(), options.imageRelease());
    ChannelServer channels = ChannelServer.listen(home.run(), events::add);
    ServiceStarter starter =
        new ServiceStarter(options, command, releases, channels.path(), Map.of(), events::add);
    Supervisor supervisor =
        new Supervisor(options, releases, starter, new Signals(), events, board);
    Thread thread =
        new Thread(
            () -> {
              try (releases;
                  channels) {
                end.complete(supervisor.supervise());
              } catch (IOException | InterruptedException | RuntimeException failure) {
                end.completeExceptionally(failure);
              }
            },
            "supervisor");
    thread.start();
  }

  private void activate(String commit) throws IOException {
    home.publish(home.newStagingDirectory(), new Commit(commit));
    HomeState memory = home.state();
    home.activate(
        new PendingActivation(
            new DeployId("d-" + commit),
            memory.lastSequence() + 1,
            memory.lastProven().orElseThrow(),
            new Commit(commit),
            "module",
            false,
            Map.of()));
  }

  private Service started(int number) {
    await("start " + number)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.readAllLines(starts).size() >= number);
    try {
      String[] words = Files.readAllLines(starts).get(number - 1).split(" ", -1);
      return new Service(words[0], Long.parseLong(words[1]), Path.of(words[2]));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void awaitRunning(String commit) {
    await("the launcher knows that " + commit + " runs")
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.readString(home.launcherFacts()).contains(commit));
  }

  private record Service(String commit, long pid, Path channel) {

    Channel connect() throws IOException {
      Channel agent = Channel.connect(channel);
      agent.send(new ChannelMessage.Hello(pid, "test"));
      return agent;
    }

    boolean isAlive() {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** It neither obeys TERM nor anything else but KILL from now on. */
    void pause() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-s", "STOP", Long.toString(pid)).start().waitFor();
    }

    void kill() {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
