package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.launcher.supervisor.event.SupervisorEvent;
import dev.fastdeploy.launcher.supervisor.health.HealthSnapshot;
import dev.fastdeploy.launcher.supervisor.health.HealthState;
import dev.fastdeploy.launcher.supervisor.health.ReloadCount;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the supervisor tells load balancers, platforms and monitoring of its service. */
class SupervisorHealthTest extends SupervisedShell {

  @Test
  void aStopTellsLoadBalancersBeforeItTellsTheService() throws Exception {
    supervise("--pre-drain", "1500ms");
    Service service = started(1);
    awaitState(HealthState.READY);
    try (Channel agent = service.connect()) {
      long begin = System.nanoTime();
      events.add(new SupervisorEvent.SignalReceived("TERM"));

      // The agent deploys nothing any more, at once; and the service goes on serving.
      assertThat(agent.receive()).contains(new ChannelMessage.Stopping());
      awaitState(HealthState.STOPPING);
      assertThat(board.get().ready()).isFalse();
      assertThat(board.get().live()).isTrue();
      assertThat(service.lives()).isTrue();

      assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(Duration.ofMillis(1500));
    }
  }

  @Test
  void aSecondStopIsPassedOnAtOnce() throws Exception {
    supervise("--pre-drain", "24s");
    started(1);
    awaitState(HealthState.READY);

    events.add(new SupervisorEvent.SignalReceived("TERM"));
    awaitState(HealthState.STOPPING);
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
    awaitState(HealthState.READY);
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
    awaitState(HealthState.FAILED);
    assertThat(board.get().live()).isFalse();
    assertThat(board.get().deadBecause()).startsWith("the service was not ready after 300 ms: ");
    assertThat(said)
        .filteredOn(line -> line.contains("the service was not ready after 300 ms: "))
        .singleElement()
        .asString()
        .endsWith("; /live answers 503");

    try (ServerSocket service = new ServerSocket(port)) {
      awaitState(HealthState.READY);
      assertThat(board.get().live()).isTrue();
      assertThat(service.isBound()).isTrue();
    }

    awaitState(HealthState.UNREADY);
    assertThat(board.get().live()).isTrue();
  }

  @Test
  void anAgentsReadinessIsTold() throws Exception {
    // Without --ready nobody but the agent tells.
    supervise("--health", "127.0.0.1:" + freePort());
    try (Channel agent = started(1).connect()) {
      awaitState(HealthState.READY);
      agent.send(new ChannelMessage.Unready("load balancers have 10 ms"));
      awaitState(HealthState.UNREADY);
      assertThat(board.get().unreadyBecause()).isEqualTo("load balancers have 10 ms");

      agent.send(new ChannelMessage.Ready());

      awaitState(HealthState.READY);
    }
  }

  @Test
  void aReloadByTheProcessIsFollowedAndCounted() throws Exception {
    supervise("--soak", "200ms");
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      assertThat(agent.receive()).contains(new ChannelMessage.Acknowledged("", 0));
      awaitState(HealthState.DRAINING);
      assertThat(board.get().ready()).isFalse();
    }
    first.kill();

    started(2);
    awaitState(HealthState.READY);
    assertThat(published)
        .anySatisfy(
            snapshot -> {
              assertThat(snapshot.state()).isEqualTo(HealthState.PROBATION);
              assertThat(snapshot.commit()).isEqualTo("c2");
            });
    assertThat(board.get().commit()).isEqualTo("c2");

    HealthSnapshot told = board.get();
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
      awaitState(HealthState.PROBATION);
      agent.send(new ChannelMessage.Runs("image", false));
      awaitState(HealthState.READY);
      activate("c3");
      agent.send(new ChannelMessage.Runs("c3", true));
      awaitState(HealthState.PROBATION);
      agent.send(new ChannelMessage.Runs("c3", false));
      awaitState(HealthState.READY);

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
      assertThat(agent.receive()).contains(new ChannelMessage.Acknowledged("", 0));
    }
    first.kill();

    assertThat(started(4).commit()).isEqualTo("image");
    awaitState(HealthState.FAILED);

    assertThat(board.get().live()).isFalse();
    assertThat(board.get().rollbacks()).isOne();
    assertThat(board.get().reloads()).contains(new ReloadCount("module", "rolled_back", 1));
    assertThat(board.get().restarts()).containsEntry("reload", 1L).containsEntry("rollback", 2L);
  }

  private void awaitState(HealthState state) {
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
}
