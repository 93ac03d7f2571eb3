package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
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
    assertThat(Readiness.parse("http:" + port + "/ok").ask(TIMEOUT)).isEmpty();
    assertThat(Readiness.parse("http://127.0.0.1:" + port + "/ok").ask(TIMEOUT)).isEmpty();
  }

  @Test
  void anotherAnswerIsNot() {
    assertThat(Readiness.parse("http:" + port + "/no").ask(TIMEOUT))
        .contains("http:" + port + "/no answers 503");
  }

  @Test
  void aListeningPortIsReady() {
    assertThat(Readiness.parse("tcp:" + port).ask(TIMEOUT)).isEmpty();
  }

  @Test
  void aClosedPortIsNot() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(Readiness.parse("tcp:" + closed).ask(TIMEOUT)).isPresent();
  }

  @Test
  void aServiceThatAcceptsAndSaysNothingIsNotReady() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Readiness.parse("http:" + silent.getLocalPort() + "/").ask(TIMEOUT)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8080", "https:8080/", "http:/x", "tcp:0", "tcp:70000", "tcp:80/x", "udp:1"})
  void otherFormsAreRefused(String text) {
    assertThatThrownBy(() -> Readiness.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--ready '" + text + "' is not understood");
  }
}
