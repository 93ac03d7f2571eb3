package dev.fastdeploy.launcher.supervisor.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real sockets, with whole requests, halves, and none. */
@Timeout(30)
class HealthServerTest {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final SnapshotBoard board = new SnapshotBoard(1);
  private final List<Socket> sockets = new ArrayList<>();
  private int port;
  private HealthServer server;

  @BeforeEach
  void listen() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = HealthServer.listen(new HealthAddress("127.0.0.1", port), board);
    board.accept(Snapshots.ready());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void readyAnd200IfTheServiceIs() throws Exception {
    assertThat(get("/ready")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nready\n");
    assertThat(get("/live")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nready\n");
  }

  @Test
  void unreadyIs503WithOneLineWhyAndStillLives() throws Exception {
    board.accept(Snapshots.of(HealthState.DRAINING, "c2", "the service drains", ""));

    assertThat(get("/ready"))
        .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
        .endsWith("\r\n\r\nthe service drains\n");
    assertThat(get("/live")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\ndraining\n");
  }

  @Test
  void aServiceThatIsLeftToThePlatformDoesNotLive() throws Exception {
    board.accept(Snapshots.of(HealthState.FAILED, "c2", "refused", "not ready after 60000 ms"));

    assertThat(get("/live"))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("\r\n\r\nnot ready after 60000 ms\n");
  }

  @Test
  void anAnswerThatFailsByAnErrorIsTheOnlyOne() throws Exception {
    server.close();
    AtomicBoolean fails = new AtomicBoolean(true);
    server =
        HealthServer.listen(
            new HealthAddress("127.0.0.1", port),
            () -> {
              if (fails.get()) {
                throw new NoClassDefFoundError("too many open files");
              }
              return Snapshots.ready();
            });

    assertThat(get("/ready")).isEmpty();
    fails.set(false);
    assertThat(get("/ready")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void beforeAnythingIsKnownItLivesAndIsNotReady() throws Exception {
    board.accept(HealthSnapshot.initial(1));

    assertThat(get("/live")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/ready")).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void metricsHaveTheirContentTypeAndLength() throws Exception {
    String answer = get("/metrics?name[]=x");

    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
        .contains("\r\nContent-Length: " + body.length() + "\r\n");
    assertThat(TextFormat.samples(body)).containsKey("fastdeploy_release_info{commit=c2}");
  }

  @Test
  void headIsAnsweredWithoutTheBody() throws Exception {
    assertThat(exchange("HEAD /ready HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Length: 6\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void allElseIsRefused() throws Exception {
    assertThat(get("/")).startsWith("HTTP/1.1 404 ");
    assertThat(get("/live/")).startsWith("HTTP/1.1 404 ");
    assertThat(exchange("POST /live HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 405 ");
    assertThat(exchange("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(exchange("GET /" + "a".repeat(5000))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aRequestMayComeInPieces() throws Exception {
    Socket socket = connect();
    for (String piece : List.of("GET /rea", "dy HTTP/1.1\r\nHost: x\r", "\n\r", "\n")) {
      send(socket, piece);
    }

    assertThat(rest(socket)).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void clientsThatSayNothingHoldUpNobody() throws Exception {
    Socket first = connect();
    send(first, "GET /ready");
    for (int i = 0; i < 100; i++) {
      send(connect(), "GET /");
    }

    assertThat(get("/ready")).startsWith("HTTP/1.1 200 OK");
    // The oldest made room.
    assertThat(isClosed(first)).isTrue();
  }

  @Test
  void aClientThatSaysNothingIsClosedInTime() throws Exception {
    server.close();
    server =
        HealthServer.listen(new HealthAddress("127.0.0.1", port), board, Duration.ofMillis(200));

    assertThat(isClosed(connect())).isTrue();
  }

  @Test
  void isGoneOnceClosed() throws Exception {
    assertThat(get("/live")).startsWith("HTTP/1.1 200 ");

    server.close();

    assertThatThrownBy(() -> get("/live")).isInstanceOf(IOException.class);
  }

  private String get(String path) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private String exchange(String request) throws IOException {
    Socket socket = connect();
    send(socket, request);
    return rest(socket);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
