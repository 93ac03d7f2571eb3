package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3ObjectsTest extends SharedObjectsContract {

  private static final String BUCKET = "record";

  @RegisterExtension static final S3Server SERVER = new S3Server(BUCKET);

  @RegisterExtension final AwsSettings aws = new AwsSettings();

  @Override
  SharedObjects objects() {
    return objects(SERVER.endpoint());
  }

  private static SharedObjects objects(URI endpoint) {
    StoreLocation location =
        new StoreLocation("s3://" + BUCKET + "/team", "shop", endpoint, null, true);
    return new S3Objects(location, (StoreLocation.Bucket) location.root());
  }

  @Test
  void triesAgainWhenAnotherRequestForTheKeyIsUnderWay() throws Exception {
    assertThat(createdAfter(409, 409, 200)).isTrue();
  }

  @Test
  void aConflictThatDoesNotEndIsSaid() {
    assertThatThrownBy(() -> createdAfter(409, 409, 409, 409, 409, 409, 409))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'s3://record/team/a' at http")
        .hasMessageContaining("could not be created");
  }

  @Test
  void nobodyKnowsWhatBecameOfAnAnswerThatFailed() {
    assertThatThrownBy(() -> createdAfter(503)).isInstanceOf(IOException.class);
  }

  /** A service may refuse a write by its headers alone, and end the connection. */
  @Test
  void whatIsThereTellsWhereTheAnswerIsLost() throws Exception {
    try (CutOff server = new CutOff("another's");
        SharedObjects objects = objects(server.endpoint())) {
      assertThat(objects.create("a", bytes("mine"))).isFalse();
    }
    try (CutOff server = new CutOff("mine");
        SharedObjects objects = objects(server.endpoint())) {
      assertThat(objects.create("a", bytes("mine"))).isTrue();
    }
  }

  @Test
  void aWriteOfWhichNothingIsThereIsTriedAgainAndThenSaid() throws Exception {
    try (CutOff server = new CutOff(null);
        SharedObjects objects = objects(server.endpoint())) {
      assertThatThrownBy(() -> objects.create("a", bytes("mine")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not be created");
      assertThat(server.writes()).isEqualTo(3);
    }
  }

  /** Ends the connection of each write without an answer. */
  private static final class CutOff implements AutoCloseable {

    private final ServerSocket listening =
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final @Nullable String there;
    private final AtomicInteger writes = new AtomicInteger();

    CutOff(@Nullable String there) throws IOException {
      this.there = there;
      Thread thread = new Thread(this::serve, "cut-off");
      thread.setDaemon(true);
      thread.start();
    }

    URI endpoint() {
      return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    int writes() {
      return writes.get();
    }

    private void serve() {
      while (true) {
        try (Socket client = listening.accept()) {
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
          String request = in.readLine();
          for (String line = request; line != null && !line.isEmpty(); ) {
            line = in.readLine();
          }
          if (request != null && request.startsWith("PUT")) {
            writes.incrementAndGet();
          } else {
            client.getOutputStream().write(answer().getBytes(StandardCharsets.US_ASCII));
          }
        } catch (IOException closed) {
          return;
        }
      }
    }

    private String answer() {
      return there == null
          ? "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
          : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
              + there.length()
              + "\r\n\r\n"
              + there;
    }

    @Override
    public void close() throws IOException {
      // Ends the thread: its accept fails.
      listening.close();
    }
  }

  private static boolean createdAfter(Integer... statuses) throws IOException {
    Queue<Integer> answers = new ArrayDeque<>(List.of(statuses));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("If-None-Match")).isEqualTo("*");
          exchange.getRequestBody().readAllBytes();
          Integer status = answers.poll();
          exchange.sendResponseHeaders(status == null ? 500 : status, -1);
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (SharedObjects objects = objects(endpoint)) {
      return objects.create("a", bytes("mine"));
    } finally {
      server.stop(0);
    }
  }
}
