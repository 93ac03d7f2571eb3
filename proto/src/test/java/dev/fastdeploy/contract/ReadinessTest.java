package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** For what is answered, however busy the machine is. */
  private static final Duration LONG = Duration.ofSeconds(20);

  private HttpServer server;
  private int port;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    port = server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/ok") ? 204 : 503, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAnswerOf2xxIsReady() {
    assertThat(Readiness.parse("http:" + port + "/ok").ask(LONG)).isEmpty();
    assertThat(Readiness.parse("http://127.0.0.1:" + port + "/ok").ask(LONG)).isEmpty();
  }

  @Test
  void anotherAnswerIsNot() {
    assertThat(Readiness.parse("http:" + port + "/no").ask(LONG))
        .contains("http:" + port + "/no answers 503");
  }

  @Test
  void aListeningPortIsReady() {
    assertThat(Readiness.parse("tcp:" + port).ask(LONG)).isEmpty();
  }

  @Test
  void aClosedPortIsNot() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(Readiness.parse("tcp:" + closed).ask(LONG)).isPresent();
  }

  @Test
  void aServiceThatAcceptsAndSaysNothingIsNotReady() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Readiness.parse("http:" + silent.getLocalPort() + "/").ask(TIMEOUT)).isPresent();
    }
  }

  /** Each is sent at once; then the connection is kept open until the other side closes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 204\r\n",
        "HTTP/1.0 302 Found\n",
        "HTTP/1.1 200 ",
        "\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 103 Early Hints\nLink: </a>; rel=preload\n\nHTTP/1.1 200 OK\n",
        "HTTP/1.1 100\n\nHTTP/1.1 102 Processing\r\nA: b\r\n\r\nHTTP/1.1 204 \r\n",
      })
  void theStatusLineOfTheFinalAnswerDecides(String answer) throws Exception {
    assertThat(asked(answer, After.STAYS_OPEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 503 Service Unavailable\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 x\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n",
        "HTTP/1.1 2000 OK\r\n",
        "HTTP/2 200\r\n",
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 099 x\r\n",
      })
  void anotherAnswerIsNotReadyAtOnce(String answer) throws Exception {
    assertThat(asked(answer, After.STAYS_OPEN)).get().asString().doesNotContain("in time");
  }

  @ParameterizedTest
  @EnumSource(After.class)
  void whatFollowsTheStatusLineSaysNothing(After after) throws Exception {
    assertThat(asked("HTTP/1.1 200 OK\r\n\r\n", after)).isEmpty();
    assertThat(asked("HTTP/1.1 200 " + "O".repeat(100_000), after)).isEmpty();
    assertThat(asked("HTTP/1.1 100 " + "C".repeat(100_000), after)).isPresent();
  }

  @Test
  void anAnswerThatIsCutOffIsJudgedByItsDigits() throws Exception {
    assertThat(asked("HTTP/1.1 200", After.CLOSES)).isEmpty();
    assertThat(asked("HTTP/1.1 20", After.CLOSES)).get().asString().contains("in HTTP");
    assertThat(asked("", After.CLOSES)).get().asString().contains("without an answer");
    assertThat(asked("HTTP/1.1 100 Continue\r\n\r\n", After.CLOSES)).isPresent();
  }

  @Test
  void oneDeadlineHoldsForAllBytes() throws Exception {
    byte[] answer = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(
            asked(
                TIMEOUT,
                socket -> {
                  for (byte next : answer) {
                    // Between two bytes there is less than the timeout, among all much more.
                    LockSupport.parkNanos(TIMEOUT.toNanos() / 4);
                    socket.getOutputStream().write(next);
                  }
                }))
        .get()
        .asString()
        .contains("in time");
  }

  @Test
  void aProxyOfTheJvmIsNotUsed() throws IOException {
    try (ServerSocket closed = new ServerSocket(0)) {
      System.setProperty("socksProxyHost", "127.0.0.1");
      System.setProperty("socksProxyPort", Integer.toString(closed.getLocalPort()));
      assertThat(Readiness.parse("http:" + port + "/ok").ask(LONG)).isEmpty();
    } finally {
      System.clearProperty("socksProxyHost");
      System.clearProperty("socksProxyPort");
    }
  }

  @Test
  void anAddressOfIpV6IsNamedInBrackets() throws Exception {
    Assumptions.assumeTrue(hasIpV6(), "this machine has no ::1");
    try (ServerSocket service = new ServerSocket(0, 1, ipV6Loopback())) {
      CompletableFuture<String> host = CompletableFuture.supplyAsync(() -> hostHeader(service));

      Readiness.parse("http:[::1]:" + service.getLocalPort() + "/").ask(LONG);

      assertThat(host.get(20, TimeUnit.SECONDS)).isEqualTo("Host: [::1]:" + service.getLocalPort());
    }
  }

  @Test
  void eachAddressOfANameIsTried() throws Exception {
    for (InetAddress address : InetAddress.getAllByName("localhost")) {
      try (ServerSocket service = new ServerSocket(0, 1, address)) {
        assertThat(Readiness.parse("tcp:localhost:" + service.getLocalPort()).ask(LONG))
            .as(address.toString())
            .isEmpty();
      }
    }
  }

  private enum After {
    STAYS_OPEN,
    CLOSES,
    RESETS
  }

  private interface Answering {
    void to(Socket socket) throws IOException;
  }

  private static Optional<String> asked(String answer, After after) throws Exception {
    return asked(
        LONG,
        socket -> {
          // Whatever was not read at the end would reset the connection, before the answer or
          // after.
          readRequest(socket);
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          if (after == After.STAYS_OPEN) {
            socket.getInputStream().readAllBytes();
          } else if (after == After.RESETS) {
            socket.setSoLinger(true, 0);
          }
        });
  }

  private static void readRequest(Socket socket) throws IOException {
    int last = 0;
    int next;
    while (last != 0x0d0a0d0a && (next = socket.getInputStream().read()) >= 0) {
      last = last << 8 | next;
    }
  }

  private static Optional<String> asked(Duration timeout, Answering answering) throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answers =
          new Thread(
              () -> {
                try (Socket socket = service.accept()) {
                  answering.to(socket);
                } catch (IOException gone) {
                  // The other side has heard enough.
                }
              });
      answers.start();
      Optional<String> answer =
          Readiness.parse("http:" + service.getLocalPort() + "/").ask(timeout);
      answers.join();
      return answer;
    }
  }

  private static InetAddress ipV6Loopback() throws IOException {
    byte[] address = new byte[16];
    address[15] = 1;
    return InetAddress.getByAddress(address);
  }

  private static boolean hasIpV6() {
    try (ServerSocket socket = new ServerSocket(0, 1, ipV6Loopback())) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }

  private static String hostHeader(ServerSocket service) {
    try (Socket socket = service.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String line = in.readLine();
      while (line != null && !line.startsWith("Host: ")) {
        line = in.readLine();
      }
      return String.valueOf(line);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https:8080/", "https://127.0.0.1:8443/health", "HTTPS:8443/"})
  void aCheckWithTlsIsToldHowToDoWithout(String text) {
    assertThatThrownBy(() -> Readiness.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--ready '" + text + "'")
        .hasMessageContaining("the check is plain HTTP")
        .hasMessageContaining("tcp:[HOST:]PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", "http:/x", "tcp:0", "tcp:70000", "tcp:80/x", "udp:1"})
  void otherFormsAreRefused(String text) {
    assertThatThrownBy(() -> Readiness.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--ready '" + text + "' is not understood");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http:8080/a b", "http:8080/größe", "http:8080/a\t", "http:8080/ "})
  void aPathThatNoRequestCanHoldIsRefused(String text) {
    assertThatThrownBy(() -> Readiness.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not understood")
        .hasMessageContaining("%20");
  }
}
