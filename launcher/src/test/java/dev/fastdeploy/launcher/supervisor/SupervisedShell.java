package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.launcher.supervisor.channel.ChannelServer;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.follow.RecordQuestion;
import dev.fastdeploy.launcher.supervisor.health.HealthSnapshot;
import dev.fastdeploy.launcher.supervisor.health.SnapshotBoard;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A supervisor with a shell as the service, on a thread of its own; the test is the agent in the
 * service, and the platform.
 */
@Timeout(60)
abstract class SupervisedShell {

  static final Duration LONG = Duration.ofSeconds(20);
  static final Commit IMAGE = new Commit("image");
  static final int KILLED = 137;

  @TempDir Path folder;
  final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> end = new CompletableFuture<>();
  final List<String> said = new CopyOnWriteArrayList<>();
  final SnapshotBoard board = new SnapshotBoard(1000);

  /** Every snapshot that was published, also one that the next follows at once. */
  final List<HealthSnapshot> published = new CopyOnWriteArrayList<>();

  private final Logs logs =
      new Logs(LogFormat.TEXT, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  private Consumer<String> speaker;
  Path starts;

  /** How long the service's agent may take. */
  Duration patience = AgentWatch.PATIENCE;

  /** What asks the record of an environment. */
  List<String> question = List.of();

  /** How long that may take to lay a release out, and what it gets beyond each of its times. */
  Duration toStage = LONG;

  Duration grace = LONG;

  Home home;

  @BeforeEach
  void makeHome() throws IOException {
    speaker = Diagnostics.sayBy(said::add);
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
    Diagnostics.sayBy(speaker);
  }

  void supervise(String... more) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("--home", home.given().toString(), "--release", folder + "/app"));
    words.addAll(List.of("--commit", IMAGE.id()));
    words.addAll(List.of(more));
    words.addAll(
        List.of(
            "--",
            "sh",
            "-c",
            "echo $FASTDEPLOY_COMMIT begins; echo $FASTDEPLOY_COMMIT $$ $FASTDEPLOY_CHANNEL $FASTDEPLOY_ATTEMPT >> '"
                + starts
                + "'; exec sleep 60"));
    RunOptions options = RunOptions.parse(words, new Properties(), Map.of());
    Path jar = folder.resolve("fastdeploy.jar");
    ServiceCommand command = ServiceCommand.of(options, jar);
    Releases releases = Releases.open(home, options.image().commit(), options.image().release());
    ChannelServer channels = ChannelServer.listen(home.run(), events::add);
    ProcessSpawner spawner =
        new ProcessSpawner(
            options,
            command,
            releases,
            channels.path(),
            Optional.empty(),
            Map.of(),
            logs,
            events::add);
    Supervisor supervisor =
        new Supervisor(
            options,
            releases,
            spawner,
            new Signals(),
            events,
            new RecordQuestion(question, toStage, grace, Duration.ofMillis(10)),
            ConnectionHold.off(),
            patience,
            snapshot -> {
              published.add(snapshot);
              board.accept(snapshot);
            });
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

  void activate(String commit) throws IOException {
    activate(commit, "module");
  }

  void activate(String commit, String strategy) throws IOException {
    home.publish(home.newStagingDirectory(), new Commit(commit));
    HomeState memory = home.state();
    home.activate(
        new PendingActivation(
            new DeployId("d-" + commit),
            memory.lastSequence() + 1,
            memory.lastProven().orElseThrow(),
            new Commit(commit),
            strategy,
            false,
            Map.of()));
  }

  Service started(int number) {
    await("start " + number)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.readAllLines(starts).size() >= number);
    try {
      String[] words = Files.readAllLines(starts).get(number - 1).split(" ", -1);
      return new Service(
          words[0], Long.parseLong(words[1]), Path.of(words[2]), Integer.parseInt(words[3]));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void awaitRunning(String commit) {
    await("the launcher knows that " + commit + " runs")
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.readString(home.launcherFacts()).contains(commit));
  }

  record Service(String commit, long pid, Path channel, int attempt) {

    /** Connects as its agent. */
    Channel connect() throws IOException {
      Channel agent = Channel.connect(channel);
      agent.send(new ChannelMessage.Hello(pid, "test"));
      assertThat(agent.receive()).contains(new ChannelMessage.Adopted());
      return agent;
    }

    boolean lives() {
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
