package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
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
    return new S3Objects(location, (StoreLocation.Bucket) location.place());
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
