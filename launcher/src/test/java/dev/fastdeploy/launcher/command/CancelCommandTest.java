package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.control.v1.CancelResponse;
import dev.fastdeploy.control.v1.Cancellation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CancelCommandTest {

  private static final CancelResponse ENDING =
      answer(Cancellation.CANCELLATION_ENDING, "d-1", "it ends");
  private static final CancelResponse IDLE =
      answer(Cancellation.CANCELLATION_NOT_UNDER_WAY, "", "no deploy is under way");
  private static final CancelResponse LATE =
      answer(Cancellation.CANCELLATION_TOO_LATE, "d-1", "it is activated");

  @Test
  void endsWhatIsUnderWayAndSaysSo() throws IOException {
    ScriptedControl control = new ScriptedControl();
    control.cancelling = ENDING;
    try (ControlServer server = ControlServer.onLoopback(0, control, null, null)) {
      CommandRun run = CommandRun.of("cancel", "d-1", "--target", server.target(), "--json");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(control.cancelled).containsExactly("d-1");
      assertThat(run.json())
          .containsExactly(
              Map.of(
                  "target",
                  server.target(),
                  "result",
                  "CANCELLED",
                  "deploy",
                  "d-1",
                  "commit",
                  "next",
                  "reason",
                  "it ends"));
      assertThat(CommandRun.of("cancel", "--target", server.target()).out())
          .isEqualTo(server.target() + " cancelled: it ends\n");
      assertThat(control.cancelled).containsExactly("d-1", "");
    }
  }

  @Test
  void theExitCodeTellsWhetherAllIsAsItWasAskedFor() throws IOException {
    assertThat(exitCode(ENDING, IDLE)).isZero();
    assertThat(exitCode(IDLE, IDLE)).isEqualTo(1);
    assertThat(exitCode(ENDING, LATE)).isEqualTo(2);
    assertThat(exitCode(LATE, IDLE)).isEqualTo(2);
  }

  @Test
  void anInstanceThatIsNotThereIsTold() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    CommandRun run = CommandRun.of("cancel", "--target", "127.0.0.1:" + port);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).startsWith("127.0.0.1:" + port + " unreachable: ");
  }

  @Test
  void badInputIsOneLine() {
    assertThat(CommandRun.of("cancel", "../x", "--target", "127.0.0.1:1").err().lines())
        .singleElement()
        .asString()
        .contains("'../x'");
  }

  private static int exitCode(CancelResponse one, CancelResponse other) throws IOException {
    ScriptedControl first = new ScriptedControl();
    ScriptedControl second = new ScriptedControl();
    first.cancelling = one;
    second.cancelling = other;
    try (ControlServer a = ControlServer.onLoopback(0, first, null, null);
        ControlServer b = ControlServer.onLoopback(0, second, null, null)) {
      return CommandRun.of("cancel", "--target", a.target(), "--target", b.target()).exitCode();
    }
  }

  private static CancelResponse answer(Cancellation result, String deploy, String reason) {
    return CancelResponse.newBuilder()
        .setResult(result)
        .setDeployId(deploy)
        .setCommit(deploy.isEmpty() ? "" : "next")
        .setReason(reason)
        .build();
  }
}
