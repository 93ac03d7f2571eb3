package dev.fastdeploy.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeTest {

  private static final String BODY = "c1\n";

  @Test
  void aWholeAnswerIsServed() throws Exception {
    RequestResult result = against(socket -> respond(socket, 200, BODY.length(), BODY));

    assertThat(result.fate()).isEqualTo(Fate.SERVED);
    assertThat(result.answer()).isEqualTo(new Answer("c1", 7));
    assertThat(result.answeredBy("c1")).isTrue();
  }

  @Test
  void noListenerIsARefusal() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThat(Exchange.perform(0, port, "/version", 2_000).fate()).isEqualTo(Fate.REFUSED);
  }

  @Test
  void aResetBeforeTheFirstByteIsNotJudgedYet() throws Exception {
    RequestResult result =
        against(
            socket -> {
              awaitRead(socket);
              reset(socket);
            });

    assertThat(result.fate()).isEqualTo(Fate.RESET);
  }

  @Test
  void aListenerClosedWithTheConnectionInItsBacklogIsAReset() throws Exception {
    CompletableFuture<RequestResult> result;
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        result = CompletableFuture.supplyAsync(() -> Exchange.perform(0, port, "/x", 10_000));
        // The one behind it has been queued once the probe has been taken and it is next.
        server.accept().close();
        awaitQueued(port);
        assertThat(probe.isConnected()).isTrue();
      }
    }
    assertThat(result.get(20, TimeUnit.SECONDS).fate()).isEqualTo(Fate.RESET);
  }

  @Test
  void aResetWithinTheAnswerIsAFailure() throws Exception {
    RequestResult result =
        against(
            socket -> {
              socket.getOutputStream().write("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII));
              socket.getOutputStream().flush();
              awaitRead(socket);
              reset(socket);
            });

    assertThat(result.fate()).isEqualTo(Fate.FAILED);
  }

  @Test
  void anEndWithoutAnAnswerIsAFailure() throws Exception {
    RequestResult result = against(ExchangeTest::awaitRead);

    assertThat(result.fate()).isEqualTo(Fate.FAILED);
    assertThat(result.detail()).contains("after 0 bytes");
  }

  @Test
  void aShortBodyAnotherStatusAndAStrangeBodyAreFailures() throws Exception {
    assertThat(against(socket -> respond(socket, 200, BODY.length() + 1, BODY)).fate())
        .isEqualTo(Fate.FAILED);
    assertThat(against(socket -> respond(socket, 503, BODY.length(), BODY)).fate())
        .isEqualTo(Fate.FAILED);
    assertThat(against(socket -> respond(socket, 200, 9, "not a one")).fate())
        .isEqualTo(Fate.FAILED);
  }

  @Test
  void silenceIsAFailure() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RequestResult result = Exchange.perform(0, server.getLocalPort(), "/version", 200);

      assertThat(result.fate()).isEqualTo(Fate.FAILED);
    }
  }

  private interface Server {
    void serve(Socket socket) throws IOException;
  }

  private static RequestResult against(Server behaviour) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<RequestResult> result =
          CompletableFuture.supplyAsync(
              () -> Exchange.perform(0, server.getLocalPort(), "/version", 10_000));
      try (Socket socket = server.accept()) {
        behaviour.serve(socket);
      }
      return result.get(20, TimeUnit.SECONDS);
    }
  }

  private static void respond(Socket socket, int status, int length, String body)
      throws IOException {
    awaitRead(socket);
    String answer =
        "HTTP/1.1 "
            + status
            + " X\r\nService-Process: 7\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reads the request, so that closing does not reset the connection. */
  private static void awaitRead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits until the kernel holds an established connection to the port that nobody accepted. */
  private static void awaitQueued(int port) {
    String local = String.format(java.util.Locale.ROOT, ":%04X ", port);
    org.awaitility.Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                ProcNet.tcpLines().stream()
                    .anyMatch(line -> listening(line, local) && queued(line)));
  }

  private static boolean listening(String line, String local) {
    String[] fields = line.strip().split("\\s+", -1);
    return (fields[1] + " ").endsWith(local) && fields[3].equals("0A");
  }

  /** For a listener the receive queue counts the connections that wait to be accepted. */
  private static boolean queued(String line) {
    String[] queues = line.strip().split("\\s+", -1)[4].split(":", 2);
    return Integer.parseInt(queues[1], 16) > 0;
  }
}
