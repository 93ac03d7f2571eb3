package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.control.v1.ClassOrigin;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.RefusedCommit;
import dev.fastdeploy.control.v1.ReleaseDigest;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.UnpreparedStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

  private static final InstanceStatus STATUS =
      InstanceStatus.newBuilder()
          .setInstance("host-1")
          .setState(InstanceState.INSTANCE_STATE_READY)
          .setRunning("b")
          .setProven("b")
          .setImage("a")
          .addRefused(RefusedCommit.newBuilder().setCommit("c").setReason("did not come up"))
          .addStaged("a")
          .addStaged("b")
          .setLastSequence(42)
          .setApp("shop")
          .setEnvironment("prod")
          .setEpoch(7)
          .setIdentity("host-1.0f")
          .setInService(false)
          .setTimeMs(43)
          .addDigests(ReleaseDigest.newBuilder().setCommit("b").setSha256("cafe"))
          .addStrategies("process")
          .setDeploysRefusedBecause("no store")
          .setClasses(
              ClassOrigin.newBuilder()
                  .setFromRelease(10)
                  .setFromElsewhere(1)
                  .setMainClassLocation("app.jar")
                  .addOutside("/x.jar")
                  .setDoubtful("it may be"))
          .addUnprepared(
              UnpreparedStrategy.newBuilder()
                  .setStrategy("module")
                  .setReason("the command starts a module (-m); use -cp"))
          .setPid(7)
          .setStartedMs(1000)
          .setAgentVersion("0.1")
          .setJavaVersion("17")
          .addHeldListeners("*:8080")
          .setNotHeldBecause("it is told")
          .setClassArchive("jdk-17.jsa")
          .setNoClassArchiveBecause("it is told too")
          .addOutcomes(
              Outcome.newBuilder()
                  .setDeployId("d-1")
                  .setCommit("c")
                  .setFrom("b")
                  .setResult(Result.RESULT_ROLLED_BACK)
                  .setReason("did not come up")
                  .setExitCode(3)
                  .addLastLines("boom"))
          .build();

  @Test
  void jsonHasEverythingThatTheInstanceTells() throws IOException {
    ScriptedControl control = new ScriptedControl();
    control.status = STATUS;
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = CommandRun.of("status", "--target", server.target(), "--json");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.json())
          .containsExactly(
              Map.ofEntries(
                  Map.entry("target", server.target()),
                  Map.entry("instance", "host-1"),
                  Map.entry("state", "READY"),
                  Map.entry("running", "b"),
                  Map.entry("proven", "b"),
                  Map.entry("image", "a"),
                  Map.entry("pending", ""),
                  Map.entry("refused", Map.of("c", "did not come up")),
                  Map.entry("staged", List.of("a", "b")),
                  Map.entry("app", "shop"),
                  Map.entry("environment", "prod"),
                  Map.entry("epoch", 7),
                  Map.entry("identity", "host-1.0f"),
                  Map.entry("inService", false),
                  Map.entry("timeMs", 43),
                  Map.entry("digests", Map.of("b", "cafe")),
                  Map.entry("lastSequence", 42),
                  Map.entry("strategies", List.of("process")),
                  Map.entry(
                      "notPrepared", Map.of("module", "the command starts a module (-m); use -cp")),
                  Map.entry("deploysRefusedBecause", "no store"),
                  Map.entry(
                      "classes",
                      Map.of(
                          "fromRelease",
                          10,
                          "fromElsewhere",
                          1,
                          "mainClassLocation",
                          "app.jar",
                          "outside",
                          List.of("/x.jar"),
                          "doubtful",
                          "it may be")),
                  Map.entry("heldListeners", List.of("*:8080")),
                  Map.entry("notHeldBecause", "it is told"),
                  Map.entry("classArchive", "jdk-17.jsa"),
                  Map.entry("noClassArchiveBecause", "it is told too"),
                  Map.entry("pid", 7),
                  Map.entry("startedMs", 1000),
                  Map.entry("agentVersion", "0.1"),
                  Map.entry("javaVersion", "17"),
                  Map.entry(
                      "outcomes",
                      List.of(
                          Map.of(
                              "deploy",
                              "d-1",
                              "commit",
                              "c",
                              "from",
                              "b",
                              "result",
                              "ROLLED_BACK",
                              "reason",
                              "did not come up",
                              "exitCode",
                              3,
                              "lastLines",
                              List.of("boom"),
                              "phases",
                              Map.of())))));
    }
  }

  @Test
  void textTellsWhyAStrategyCannotBeAskedFor() throws IOException {
    ScriptedControl control = new ScriptedControl();
    control.status = STATUS;
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = CommandRun.of("status", "--target", server.target());

      assertThat(run.out().lines())
          .containsSequence(
              "  strategies: process",
              "  not prepared: module: the command starts a module (-m); use -cp");
    }
  }

  @Test
  void oneInstanceThatDoesNotAnswerIsToldBesideTheOthers() throws IOException {
    ScriptedControl control = new ScriptedControl();
    control.status = STATUS;
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      String gone = "localhost:" + freePort();
      CommandRun run =
          CommandRun.of("status", "--target", gone, "--target", server.target(), "--json");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.json().get(0))
          .containsOnlyKeys("target", "error")
          .containsEntry("target", gone);
      assertThat(run.json().get(1)).containsEntry("running", "b");

      CommandRun text = CommandRun.of("status", "--target", gone, "--target", server.target());
      assertThat(text.out())
          .contains(
              gone + " unreachable: ",
              server.target() + " ready (host-1)",
              "refused: c: did not come up",
              "deploys refused: no store",
              "last deploy: d-1 of c rolled back: did not come up");
    }
  }

  /** What an endpoint with TLS does to who speaks without. */
  @Test
  void aConnectionThatIsClosedUnansweredTellsWhatMayBeMissing() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread closing = new Thread(() -> closeEach(socket));
      closing.setDaemon(true);
      closing.start();

      CommandRun run = CommandRun.of("status", "--target", "127.0.0.1:" + socket.getLocalPort());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("closed without an answer", "give --control-tls-ca FILE");
    }
  }

  private static void closeEach(ServerSocket socket) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        connection.shutdownOutput();
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException ended) {
        // The next one, or the test is over.
      }
    }
  }

  @Test
  void nobodyThereIsNothingReached() throws IOException {
    assertThat(CommandRun.of("status", "--target", "localhost:" + freePort()).exitCode())
        .isEqualTo(1);
  }

  @Test
  void helpAndVersionAreAnswers() {
    CommandRun version = CommandRun.of("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).matches("fastdeploy \\d\\S* \\(Java .*\\)\\R");

    CommandRun help = CommandRun.of("help", "deploy");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("--control-token-file", "--max-unavailable");
    assertThat(CommandRun.of("help").out())
        .contains("publish", "deploy", "status", "rollback", "stage", "activate", "run [options]")
        .containsPattern("(?m)^  run  +Runs")
        .containsPattern("(?m)^  current  +Prints");
    assertThat(CommandRun.of("help", "current").out()).contains("fastdeploy.jar current --help");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
