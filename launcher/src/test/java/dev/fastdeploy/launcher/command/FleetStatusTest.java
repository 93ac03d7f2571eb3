package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.launcher.fleet.Credentials;
import dev.fastdeploy.launcher.fleet.FleetStatus;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetStatusTest {

  @TempDir private Path directory;

  private final List<InstanceView> shown = new CopyOnWriteArrayList<>();

  @Test
  void watchTellsOfALostInstanceAndComesBackToIt() throws Exception {
    Path socket = directory.resolve("s");
    Watch watch = watch(new Target.LocalSocket(socket));
    try {
      try (ControlServer server = ControlServer.onSocket(socket, running("a"))) {
        assertThat(server).isNotNull();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> shown.stream().anyMatch(view -> view.releases().running().equals("a")));
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> lastShown().error() != null);
      try (ControlServer restarted = ControlServer.onSocket(socket, running("b"))) {
        assertThat(restarted).isNotNull();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> lastShown().releases().running().equals("b"));
      }
    } finally {
      watch.end();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"größe", "日本", "a b", "a\nb", "%zz[x]?#\\"})
  void reachesASocketWhateverItsPathHolds(String name) throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "no such file is made here");
    Path socket = directory.resolve(name);
    try (ControlServer server = ControlServer.onSocket(socket, running("a"));
        InstanceClients clients = new InstanceClients(Credentials.NONE)) {
      assertThat(server).isNotNull();
      List<Target> targets = List.of(new Target.LocalSocket(socket));
      assertThat(new FleetStatus(clients, targets, Duration.ofSeconds(20)).ask())
          .extracting(view -> view.releases().running())
          .containsExactly("a");
    }
  }

  @Test
  void watchNoticesAHostThatFellSilent() throws Exception {
    try (ControlServer server = ControlServer.onLoopback(0, running("a"), null, null)) {
      Watch watch = watch(new Target.Port("localhost", server.port()));
      try {
        untilShown(1, 10);
        Runnable thaw = server.freeze();
        untilShown(2, 30);
        thaw.run();
        untilShown(3, 30);
      } finally {
        watch.end();
      }
    }
    assertThat(shown.get(0).releases().running()).isEqualTo("a");
    assertThat(Objects.requireNonNull(shown.get(1).error())).containsIgnoringCase("keepalive");
    assertThat(shown.get(2)).isEqualTo(shown.get(0));
  }

  private InstanceView lastShown() {
    return shown.get(shown.size() - 1);
  }

  private void untilShown(int views, int seconds) {
    await().atMost(Duration.ofSeconds(seconds)).until(() -> shown.size() >= views);
  }

  private static ScriptedControl running(String commit) {
    ScriptedControl control = new ScriptedControl();
    control.status =
        InstanceStatus.newBuilder()
            .setState(InstanceState.INSTANCE_STATE_READY)
            .setRunning(commit)
            .build();
    return control;
  }

  private Watch watch(Target target) {
    Thread thread =
        new Thread(
            () -> {
              try (InstanceClients clients = new InstanceClients(Credentials.NONE)) {
                new FleetStatus(clients, List.of(target), Duration.ofSeconds(5)).watch(shown::add);
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "test-watch");
    thread.start();
    return new Watch(thread);
  }

  private record Watch(Thread thread) {
    void end() throws InterruptedException {
      thread.interrupt();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
