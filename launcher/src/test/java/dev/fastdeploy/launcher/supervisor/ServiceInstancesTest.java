package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.invocation.ServiceCommand;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.output.LogFormat;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two instances side by side, as a handover has them. */
@Timeout(60)
class ServiceInstancesTest {

  private static final int KILLED = 137;

  @TempDir Path folder;
  private final ServiceInstances instances = new ServiceInstances();
  private Releases releases;
  private LauncherParts launcher;
  private ServiceInstance first;
  private ServiceInstance second;

  @BeforeEach
  void startTwo() throws IOException {
    Path image = Files.createDirectory(folder.resolve("app"));
    RunOptions options =
        RunOptions.parse(
            List.of(
                "--home",
                folder + "/home",
                "--release",
                image + "",
                "--commit",
                "image",
                "--",
                "sleep",
                "60"),
            new Properties(),
            Map.of());
    releases = Releases.open(new Home(folder.resolve("home")), new Commit("image"), image);
    Logs logs =
        new Logs(LogFormat.TEXT, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    ProcessSpawner spawner =
        new ProcessSpawner(
            options,
            ServiceCommand.of(options, folder.resolve("fastdeploy.jar")),
            releases,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            logs,
            event -> {});
    launcher =
        new LauncherParts(
            options,
            releases,
            spawner,
            new Signals(),
            new StopRequest(false),
            new ReloadRecord(releases, new Vitals(options, id -> Optional.empty())),
            ConnectionHold.off(),
            Duration.ofSeconds(30),
            new LastSaid());
    first = start();
    second = start();
  }

  private ServiceInstance start() throws IOException {
    Child child = launcher.spawner().start(releases.atStart(), false, instances.lastStarted());
    ServiceInstance started = new ServiceInstance(launcher, child, System.nanoTime());
    instances.started(started);
    return started;
  }

  @AfterEach
  void endThem() throws Exception {
    for (ServiceInstance instance : List.of(first, second)) {
      instance.child().process().destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    releases.close();
  }

  @Test
  void aProcessTellsItsInstance() {
    assertThat(instances.all()).containsExactly(first, second);
    assertThat(instances.of(first.child().process())).contains(first);
    assertThat(instances.of(second.child().process())).contains(second);
    assertThat(instances.last()).contains(second);
  }

  @Test
  void anAgentSpeaksForTheInstanceThatItsJvmBelongsTo() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
      try (Channel agentSide = Channel.connect(folder.resolve("s"));
          Channel channel = new Channel(server.accept())) {
        assertThat(instances.adopt(channel, ProcessHandle.current().pid())).isEmpty();
        assertThat(instances.adopt(channel, second.child().process().pid())).contains(second);
        assertThat(instances.of(channel)).contains(second);
        assertThat(first.child().hello()).isFalse();
        assertThat(agentSide.receive()).isPresent();
      }
    }
  }

  @Test
  void aStopReachesBoth() throws InterruptedException {
    for (ServiceInstance instance : instances.all()) {
      instance.signals().received("TERM", true);
    }

    for (ServiceInstance instance : instances.all()) {
      assertThat(instance.child().process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(instance.child().state()).isEqualTo(ChildState.STOPPING);
    }
  }

  @Test
  void theNextTakesThePlaceOfTheOneThatHasEnded() throws IOException {
    first.child().process().destroyForcibly();
    first.exited(KILLED);

    assertThat(instances.ended()).contains(first);
    assertThat(first.takeIfToBeDecided(System.nanoTime())).isTrue();
    assertThat(second.takeIfToBeDecided(System.nanoTime())).isFalse();
    assertThat(instances.anyLives()).isTrue();
    ServiceInstance third = start();
    try {
      assertThat(instances.all()).containsExactly(second, third);
    } finally {
      third.child().process().destroyForcibly();
    }
  }
}
