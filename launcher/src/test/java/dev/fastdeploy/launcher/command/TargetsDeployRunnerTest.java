package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.control.v1.Accepted;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.launcher.fleet.Credentials;
import dev.fastdeploy.launcher.fleet.DeployOrder;
import dev.fastdeploy.launcher.fleet.FleetEvent;
import dev.fastdeploy.launcher.fleet.FleetStatus;
import dev.fastdeploy.launcher.fleet.FleetSummary;
import dev.fastdeploy.launcher.fleet.InstanceClients;
import dev.fastdeploy.launcher.fleet.InstanceView;
import dev.fastdeploy.launcher.fleet.Target;
import dev.fastdeploy.launcher.fleet.TargetsDeployRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsDeployRunnerTest {

  @TempDir private Path directory;

  @Test
  void interruptTellsTheRestAndReturns() throws Exception {
    ScriptedControl done = ScriptedControl.proving();
    ScriptedControl stuck =
        new ScriptedControl()
            .course(
                (id, events) ->
                    events.onNext(
                        ScriptedControl.event(id)
                            .setAccepted(Accepted.getDefaultInstance())
                            .build()));
    List<FleetEvent> told = new CopyOnWriteArrayList<>();
    try (ControlServer first = ControlServer.onLoopback(0, done, null, null);
        ControlServer second = ControlServer.onLoopback(0, stuck, null, null);
        InstanceClients clients = new InstanceClients(Credentials.NONE)) {
      List<Target> targets =
          List.of(
              Target.parse(first.target()),
              Target.parse(second.target()),
              Target.parse("localhost:1"));
      TargetsDeployRunner runner =
          new TargetsDeployRunner(order(1), targets, clients, told::add, Clock.systemUTC());
      CompletableFuture<FleetSummary> run =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return runner.run();
                } catch (InterruptedException interrupted) {
                  throw new IllegalStateException(interrupted);
                }
              });
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  told.stream()
                      .anyMatch(
                          event ->
                              event instanceof FleetEvent.Accepted accepted
                                  && accepted.at().target().equals(targets.get(1))));

      runner.interrupt(Duration.ofSeconds(20));

      assertThat(run.get(20, TimeUnit.SECONDS).untouched()).isEqualTo(1);
      assertThat(told)
          .last()
          .isEqualTo(
              new FleetEvent.Interrupted(
                  new DeployId("d-1"),
                  targets.subList(0, 1),
                  targets.subList(1, 2),
                  targets.subList(2, 3)));
    }
  }

  @Test
  void hundredInstancesNeverExceedWhatMayBeUnderWay() throws Exception {
    List<ControlServer> servers = new ArrayList<>();
    try (InstanceClients clients = new InstanceClients(Credentials.NONE)) {
      List<Target> targets = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ScriptedControl control = ScriptedControl.proving();
        Path socket = directory.resolve("s" + i);
        servers.add(ControlServer.onSocket(socket, control));
        targets.add(new Target.LocalSocket(socket));
      }
      AtomicInteger underWay = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();

      FleetSummary summary =
          new TargetsDeployRunner(
                  order(7),
                  targets,
                  clients,
                  event -> {
                    if (event instanceof FleetEvent.Begun) {
                      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    } else if (event instanceof FleetEvent.Ended) {
                      underWay.decrementAndGet();
                    }
                  },
                  Clock.systemUTC())
              .run();

      assertThat(summary).extracting("proven", "failed", "exitCode").containsExactly(100, 0, 0);
      assertThat(most).hasValue(7);
      assertThat(underWay).hasValue(0);
    } finally {
      servers.forEach(ControlServer::close);
    }
  }

  @Test
  void watchTellsChangesAndComesBackAfterARestart() throws Exception {
    Path socket = directory.resolve("s");
    ScriptedControl control = new ScriptedControl();
    control.status = InstanceStatus.newBuilder().setRunning("old").build();
    List<InstanceView> seen = new CopyOnWriteArrayList<>();
    try (InstanceClients clients = new InstanceClients(Credentials.NONE)) {
      FleetStatus status =
          new FleetStatus(clients, List.of(new Target.LocalSocket(socket)), Duration.ofSeconds(5));
      Thread watcher =
          new Thread(
              null,
              () -> {
                try {
                  status.watch(seen::add);
                } catch (InterruptedException expected) {
                  Thread.currentThread().interrupt();
                }
              },
              "test-watch",
              0,
              false);
      try (ControlServer server = ControlServer.onSocket(socket, control)) {
        assertThat(server).isNotNull();
        watcher.start();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> seen.stream().anyMatch(view -> view.releases().running().equals("old")));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> seen.stream().anyMatch(view -> view.error() != null));
      control.status = InstanceStatus.newBuilder().setRunning("new").build();
      try (ControlServer server = ControlServer.onSocket(socket, control)) {
        assertThat(server).isNotNull();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> seen.stream().anyMatch(view -> view.releases().running().equals("new")));
      }
      watcher.interrupt();
      watcher.join(20_000);
      assertThat(watcher.isAlive()).isFalse();
    }
  }

  private static DeployOrder order(int maxUnavailable) {
    return new DeployOrder(
        DeployOrder.Operation.DEPLOY,
        new Commit("new"),
        "",
        "",
        "",
        new DeployId("d-1"),
        1,
        null,
        false,
        maxUnavailable,
        Duration.ofMinutes(1),
        Duration.ofSeconds(20));
  }
}
