package dev.fastdeploy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.AgentProcessTest.Java;
import dev.fastdeploy.agent.testing.ControlClient;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.LauncherSide;
import dev.fastdeploy.agent.testing.ServiceFixture;
import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.control.v1.GetStatusRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that may open few files, and clients that want them all. */
class FewDescriptorsProcessTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final byte[] GREETING =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private @TempDir Path root;

  @ParameterizedTest
  @EnumSource(Java.class)
  void moreConnectionsThanDescriptorsLeaveTheServiceItsOwn(Java java) throws Exception {
    Path tokens = Files.writeString(root.resolve("tokens"), "secret\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    ServiceFixture service = new ServiceFixture(root);
    List<Socket> clients = new ArrayList<>();
    String arguments = "ready.after=1s,control.listen=127.0.0.1:0,control.token.file=" + tokens;
    try (LauncherSide launcher = LauncherSide.listen(service.channel(), message -> null);
        Jvm jvm = service.startLimited(java.home(), 400, arguments, "port")) {
      await()
          .atMost(LONG)
          .until(() -> launcher.received(ChannelMessage.Listening.class) || !jvm.said().isEmpty());
      assertThat(jvm.said()).isEmpty();
      String address = listening(launcher);
      int control = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      int own = ownPort(jvm);
      for (int i = 0; i < 450; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), control);
        clients.add(client);
        if (i % 2 == 0) {
          greet(client);
        }
      }

      assertAnswers(own);
      try (ControlClient client = ControlClient.withToken(address, "secret")) {
        assertThat(client.control().getStatus(GetStatusRequest.getDefaultInstance())).isNotNull();
      }
      assertAnswers(own);
      assertThat(jvm.out()).noneMatch(line -> line.contains("the port fails"));
      service.end();
      assertThat(jvm.exitCode()).isZero();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void aServiceThatMayOpenTooFewIsToldAndKeepsThem(Java java) throws Exception {
    ServiceFixture service = new ServiceFixture(root);
    try (Jvm jvm = service.startLimited(java.home(), 64, "ready.after=1s", "port")) {
      int own = ownPort(jvm);
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(jvm.said())
                      .containsExactly(
                          "fastdeploy: the agent does not run: the service may open only 64 files;"
                              + " raise the limit (ulimit -n) to 128 and what the service needs"));
      assertAnswers(own);
      service.end();
      assertThat(jvm.exitCode()).isZero();
    }
  }

  private static String listening(LauncherSide launcher) {
    return launcher.received().stream()
        .filter(ChannelMessage.Listening.class::isInstance)
        .map(message -> ((ChannelMessage.Listening) message).address())
        .findFirst()
        .orElseThrow();
  }

  private static int ownPort(Jvm jvm) {
    return Integer.parseInt(
        await()
            .atMost(LONG)
            .until(
                () -> jvm.out().stream().filter(line -> line.startsWith("port ")).findFirst(),
                Optional::isPresent)
            .orElseThrow()
            .substring("port ".length()));
  }

  private static void greet(Socket client) {
    try {
      client.getOutputStream().write(GREETING);
    } catch (IOException closedAlready) {
      // Its place went to another.
    }
  }

  private static void assertAnswers(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout((int) LONG.toMillis());
      assertThat(client.getInputStream().read()).isEqualTo('N');
    }
  }
}
