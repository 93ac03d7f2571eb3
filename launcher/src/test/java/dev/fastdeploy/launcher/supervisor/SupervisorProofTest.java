package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Channel;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.launcher.supervisor.health.HealthState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a release must show to be proven, besides being ready. */
class SupervisorProofTest extends SupervisedShell {

  private static final Commit C2 = new Commit("c2");
  private static final String OLD = "the main class comes from another release";

  @Test
  void isProvenOnceItsEndpointListensAndItsClassesAreItsOwn() throws Exception {
    try (Channel agent = newRelease("--soak", "10ms")) {
      awaitReady(true);
      assertThat(agent.receive()).contains(new ChannelMessage.AskClasses());
      agent.send(new ChannelMessage.Classes("", ""));
      assertThat(home.state().pending()).isNotNull();

      agent.send(new ChannelMessage.Listening("unix:/x"));
      receiveUntil(agent, new ChannelMessage.AskClasses());
      agent.send(new ChannelMessage.Classes("", "it may be old"));

      awaitState(HealthState.READY);
      assertThat(home.state().lastProven()).contains(C2);
      assertThat(said).contains("fastdeploy: it may be old");
    }
  }

  @Test
  void whereAnAgentListensThatDoesNotListenInTheHomeIsToldToCommands() throws Exception {
    try (Channel agent = newRelease("--soak", "30s")) {
      agent.send(new ChannelMessage.Listening("0.0.0.0:7400"));

      await()
          .until(
              () -> LauncherFacts.read(home).map(LauncherFacts::listens).orElse(""),
              "0.0.0.0:7400"::equals);
    }
  }

  @Test
  void whyNobodyCanReachAnAgentIsToldToCommandsUntilItListens() throws Exception {
    supervise("--agent-via", "env");
    try (Channel agent = started(1).connect()) {
      agent.send(new ChannelMessage.NotListening("no port"));
      awaitUnreachable("the agent has no control endpoint: no port");

      agent.send(new ChannelMessage.Listening("unix:" + home.controlSocket()));
      awaitUnreachable("");

      agent.send(new ChannelMessage.AgentFailed("a class is missing"));
      awaitUnreachable("the agent does not run: a class is missing");
    }
  }

  private void awaitUnreachable(String because) {
    await()
        .atMost(LONG)
        .until(
            () -> LauncherFacts.read(home).map(LauncherFacts::unreachable).orElse("none"),
            because::equals);
  }

  @Test
  void isTakenBackForClassesOfAnotherRelease() throws Exception {
    try (Channel agent = newRelease("--soak", "30s")) {
      receiveUntil(agent, new ChannelMessage.AskClasses());
      agent.send(new ChannelMessage.Classes(OLD, ""));

      assertThat(started(3).commit()).isEqualTo("image");
    }
    assertThat(home.state().refused()).containsEntry(C2, OLD);
  }

  @Test
  void isTakenBackForClassesThatAreLoadedInTheSoak() throws Exception {
    try (Channel agent = newRelease("--soak", "10ms")) {
      agent.send(new ChannelMessage.Listening("unix:/x"));
      receiveUntil(agent, new ChannelMessage.AskClasses());
      agent.send(new ChannelMessage.Classes("", ""));
      receiveUntil(agent, new ChannelMessage.AskClasses());
      agent.send(new ChannelMessage.Classes(OLD, ""));

      assertThat(started(3).commit()).isEqualTo("image");
    }
    assertThat(home.state().refused()).containsEntry(C2, OLD);
  }

  @Test
  void isTakenBackForAnEndpointThatFails() throws Exception {
    try (Channel agent = newRelease("--soak", "30s")) {
      awaitReady(true);
      agent.send(new ChannelMessage.NotListening("no port"));

      assertThat(started(3).commit()).isEqualTo("image");
    }
    assertThat(home.state().refused())
        .containsEntry(C2, "its control endpoint does not listen: no port");
  }

  @Test
  void anEndpointOrAnAgentThatFailsIsNoReasonToReplaceTheContainer() throws Exception {
    int port = freePort();
    supervise(
        "--agent-via",
        "env",
        "--ready",
        "tcp:" + port,
        "--ready-timeout",
        "1ms",
        "--health",
        "127.0.0.1:" + freePort());
    try (ServerSocket service = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Channel agent = started(1).connect()) {
      agent.send(new ChannelMessage.NotListening("no port"));
      agent.send(new ChannelMessage.AgentFailed("a class is missing"));

      awaitReady(true);
      assertThat(board.get().live()).isTrue();
      assertThat(service.isBound()).isTrue();
    }
  }

  @Test
  void whatRunsSaysOnceThatItsCodeIsNotTheReleases() throws Exception {
    supervise();
    try (Channel agent = started(1).connect()) {
      agent.send(new ChannelMessage.Ready());
      receiveUntil(agent, new ChannelMessage.AskClasses());
      agent.send(new ChannelMessage.Classes(OLD, ""));

      await().atMost(LONG).until(() -> said.stream().anyMatch(line -> line.contains(OLD)));
      assertThat(board.get().live()).isTrue();
    }
  }

  /** A release that was deployed, whose agent has said that it is ready. */
  private Channel newRelease(String... options) throws Exception {
    List<String> withAgent = new ArrayList<>(List.of("--agent-via", "env"));
    withAgent.addAll(List.of(options));
    supervise(withAgent.toArray(String[]::new));
    Service first = started(1);
    try (Channel agent = first.connect()) {
      activate("c2", "process");
      agent.send(new ChannelMessage.Reload("d-c2", "c2"));
      receiveUntil(agent, new ChannelMessage.Acknowledged("", 0));
    }
    first.kill();
    Channel agent = started(2).connect();
    agent.send(new ChannelMessage.Ready());
    return agent;
  }

  private static void receiveUntil(Channel agent, ChannelMessage expected) throws IOException {
    Optional<ChannelMessage> message = agent.receive();
    while (message.isPresent() && !message.get().equals(expected)) {
      message = agent.receive();
    }
    assertThat(message).contains(expected);
  }

  private void awaitReady(boolean ready) {
    await().atMost(LONG).until(() -> board.get().ready() == ready);
  }

  private void awaitState(HealthState state) {
    await().atMost(LONG).until(() -> board.get().state() == state);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
