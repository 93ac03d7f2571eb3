package dev.fastdeploy.demo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainingServerTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Account account = new Account();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private DrainingServer server;
  private int port;

  @BeforeEach
  void listen() throws Exception {
    server =
        DrainingServer.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::answer, account);
    port = server.port();
  }

  @AfterEach
  void end() throws Exception {
    mayAnswer.countDown();
    server.drain(LIMIT);
  }

  private Response answer(Request request) throws InterruptedException {
    if (request.path().equals("/held")) {
      asked.countDown();
      assertThat(mayAnswer.await(30, TimeUnit.SECONDS)).isTrue();
    }
    return Response.text(200, "OK", "answered " + request.path());
  }

  @Test
  void drainWaitsForARequestInFlightAndRefusesNewOnes() throws Exception {
    server.start();
    CompletableFuture<String> held =
        CompletableFuture.supplyAsync(() -> unchecked(() -> HttpClientSocket.get(port, "/held")));
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(
            () ->
                unchecked(
                    () -> {
                      server.drain(LIMIT);
                      return "";
                    }));
    org.awaitility.Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> HttpClientSocket.get(port, "/new"))
                    .isInstanceOf(ConnectException.class));

    assertThat(drained).isNotDone();
    mayAnswer.countDown();
    assertThat(held.get(10, TimeUnit.SECONDS)).contains("200 OK").contains("answered /held");
    drained.get(10, TimeUnit.SECONDS);
    assertThat(account.answered()).isEqualTo(1);
    assertThat(account.cut()).isZero();
  }

  @Test
  void drainAnswersWhatLiesInTheBacklog() throws Exception {
    List<HttpClientSocket> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(new HttpClientSocket(port).send("GET /w HTTP/1.1\r\n\r\n"));
    }
    // Nothing has been accepted yet: the drain itself has to take them.
    server.start();
    server.drain(LIMIT);

    for (HttpClientSocket client : waiting) {
      assertThat(client.response()).contains("200 OK");
      client.close();
    }
    assertThat(account.answered()).isEqualTo(50);
    assertThat(account.cut()).isZero();
  }

  @Test
  void drainAnswersARequestThatIsStillBeingSent() throws Exception {
    server.start();
    try (HttpClientSocket client = new HttpClientSocket(port).send("GET /w HT")) {
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(
              () ->
                  unchecked(
                      () -> {
                        server.drain(LIMIT);
                        return "";
                      }));
      client.send("TP/1.1\r\n\r\n");

      assertThat(client.response()).contains("200 OK");
      drained.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void drainSaysWhenARequestOutlivesItsLimit() throws Exception {
    server.start();
    try (HttpClientSocket client = new HttpClientSocket(port)) {
      client.send("GET /held HTTP/1.1\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> server.drain(Duration.ofMillis(50)))
          .isInstanceOf(TimeoutException.class);
      assertThat(account.cut()).isEqualTo(1);
    }
  }

  @Test
  void anIdleConnectionDoesNotCountAsARequest() throws Exception {
    server.start();
    new HttpClientSocket(port).close();
    server.drain(LIMIT);

    assertThat(account.answered()).isZero();
    assertThat(account.cut()).isZero();
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    server.start();
    try (HttpClientSocket client = new HttpClientSocket(port)) {
      assertThat(client.send("hello\r\n\r\n").response()).contains("400 Bad Request");
    }
    try (HttpClientSocket client = new HttpClientSocket(port)) {
      assertThat(client.send("POST /w HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi").response())
          .contains("405 Method Not Allowed");
    }
  }

  private interface Call {
    String make() throws Exception;
  }

  private static String unchecked(Call call) {
    try {
      return call.make();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
