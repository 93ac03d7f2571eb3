package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3ObjectsTest extends SharedObjectsContract {

  @RegisterExtension static final S3Server SERVER = new S3Server();

  private static final String BUCKET = "record";

  @TempDir Path directory;
  private final Map<String, @Nullable String> propertiesBefore = new TreeMap<>();

  @BeforeEach
  void configure() {
    set("aws.accessKeyId", S3Server.KEY);
    set("aws.secretAccessKey", S3Server.SECRET);
    set("aws.disableEc2Metadata", "true");
    set("aws.configFile", directory.resolve("none").toString());
    set("aws.sharedCredentialsFile", directory.resolve("none").toString());
    try (S3Client admin =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(SERVER.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(S3Server.KEY, S3Server.SECRET)))
            .build()) {
      if (admin.listBuckets().buckets().isEmpty()) {
        admin.createBucket(request -> request.bucket(BUCKET));
      }
    }
  }

  @AfterEach
  void restore() {
    propertiesBefore.forEach(S3ObjectsTest::setOrClear);
  }

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

  private void set(String property, @Nullable String value) {
    if (!propertiesBefore.containsKey(property)) {
      propertiesBefore.put(property, System.getProperty(property));
    }
    setOrClear(property, value);
  }

  private static void setOrClear(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
