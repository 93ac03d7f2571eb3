package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a real server does not do on request: throttle, break a connection, hide what is missing.
 */
class S3BlobsFaultsTest {

  private static final Commit COMMIT = new Commit("abc123");
  private static final byte[] CONTENT = new byte[2_000_000];

  static {
    new Random(5).nextBytes(CONTENT);
  }

  @TempDir Path directory;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private PublishedReleases store;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "any");
    System.setProperty("aws.secretAccessKey", "any");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    StoreLocation location =
        new StoreLocation(
            "s3://releases",
            "shop",
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "eu-central-1",
            true);
    store =
        new PublishedReleases(
            location.app(),
            location.description(),
            new S3Blobs(
                location,
                (StoreLocation.Bucket) location.root(),
                new S3Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), 3)));
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void needsFourRequestsToFetch() throws Exception {
    serve(this::answer);
    fetch();
    assertThat(requests)
        .containsExactly(
            "GET /releases/shop/abc123.release.sha256",
            "HEAD /releases/shop/abc123.tar.gz",
            "HEAD /releases/shop/abc123.tar.zst",
            "GET /releases/shop/abc123.tar.zst");
  }

  @Test
  void triesAgainWhenAskedToSlowDown() throws Exception {
    serve(
        exchange -> {
          if (requests.size() % 2 == 1) {
            error(exchange, 503, "SlowDown");
          } else {
            answer(exchange);
          }
        });
    assertThat(fetch()).isEqualTo(CONTENT);
    assertThat(requests).hasSize(8);
  }

  @Test
  void saysThatTheServiceAskedToSlowDown() {
    serve(exchange -> error(exchange, 503, "SlowDown"));
    assertThatThrownBy(() -> store.find(COMMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("still asks to slow down");
    assertThat(requests).hasSize(3);
  }

  @Test
  void namesTheRegionThatTheBucketIsIn() {
    for (int status : new int[] {301, 307, 400}) {
      serve(
          exchange -> {
            exchange.getResponseHeaders().add("x-amz-bucket-region", "ap-south-1");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      assertThatThrownBy(() -> store.find(COMMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the bucket is in the region 'ap-south-1' (" + status + ")")
          .hasMessageContaining("--store-region ap-south-1");
      server.removeContext("/");
    }
    serve(
        exchange -> {
          byte[] body =
              ("<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'a' is wrong;"
                      + " expecting 'eu-west-3'</Message><Region>eu-west-3</Region></Error>")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    assertThatThrownBy(() -> store.find(COMMIT))
        .hasMessageContaining("'eu-west-3' (AuthorizationHeaderMalformed)");
  }

  @Test
  void readsOnWhereAConnectionBroke() throws Exception {
    serve(
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          if (exchange.getRequestMethod().equals("GET") && isArchive(exchange) && range == null) {
            headers(exchange);
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1_000_000);
            exchange.getResponseBody().flush();
            // Leaves without the rest, which closes the connection.
            throw new IOException("broken");
          }
          answer(exchange);
        });
    assertThat(fetch()).isEqualTo(CONTENT);
    assertThat(requests).hasSize(5);
  }

  @Test
  void looksForTheOtherKindWhenItMayNotList() throws Exception {
    byte[] checksum = checksum();
    serve(
        exchange -> {
          if (exchange.getRequestURI().getPath().matches(".*\\.(tar\\.zst|release\\.).*")) {
            error(exchange, 403, "AccessDenied");
          } else if (isArchive(exchange)) {
            send(exchange, CONTENT);
          } else {
            send(exchange, checksum);
          }
        });
    assertThat(store.find(COMMIT).orElseThrow().format()).isEqualTo(ReleaseFormat.TAR_GZ);
  }

  @Test
  void saysWhichPermissionsAreMissing() {
    serve(exchange -> error(exchange, 403, "AccessDenied"));
    assertThatThrownBy(() -> store.find(COMMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("access was denied; allow this process's AWS identity s3:GetObject")
        .hasMessageContaining("and s3:ListBucket on the bucket");
    assertThatThrownBy(
            () ->
                store.publish(
                    COMMIT,
                    Files.write(directory.resolve("archive"), CONTENT),
                    ReleaseFormat.TAR_GZ,
                    "0".repeat(64)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'s3://releases/shop/abc123.tar.gz'")
        .hasMessageEndingWith(
            "could not be written: access was denied; allow this process's AWS identity"
                + " s3:PutObject there");
  }

  @Test
  void saysWhichPermissionTheServiceMisses() {
    serve(
        exchange ->
            error(
                exchange,
                403,
                "AccessDenied",
                "User: arn:aws:iam::1:user/u is not authorized to perform: kms:Decrypt on resource:"
                    + " arn:aws:kms:eu-central-1:1:key/k"));
    assertThatThrownBy(() -> store.find(COMMIT))
        .hasMessageEndingWith("allow this process's AWS identity kms:Decrypt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ExpiredToken | 400 | the credentials have expired (ExpiredToken); give this process new",
        "InvalidAccessKeyId | 403 | the credentials were refused (InvalidAccessKeyId); check the",
        "RequestTimeTooSkewed | 403 | this machine's clock is wrong (RequestTimeTooSkewed); set it",
        "RequestExpired | 400 | this machine's clock is wrong (RequestExpired); set it",
        "NoSuchBucket | 404 | there is no bucket 'releases'; check --store"
      })
  void saysWhatToDo(String code, int status, String message) {
    serve(exchange -> error(exchange, status, code));
    assertThatThrownBy(() -> store.find(COMMIT))
        .hasMessageContaining("'s3://releases/shop/abc123.release.sha256'")
        .hasMessageContaining("could not be read: " + message);
  }

  @Test
  void saysThatTheRegionIsWrong() {
    serve(exchange -> error(exchange, 400, "AuthorizationHeaderMalformed"));
    assertThatThrownBy(() -> store.find(COMMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another region")
        .hasMessageContaining("--store-region");
  }

  @Test
  void sendsTheChecksumAndNeverOverwrites() throws Exception {
    List<String> puts = new CopyOnWriteArrayList<>();
    serve(
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          if (exchange.getRequestMethod().equals("PUT")) {
            puts.add(
                exchange.getRequestURI().getPath()
                    + " "
                    + exchange.getRequestHeaders().getFirst("If-None-Match")
                    + " "
                    + exchange.getRequestHeaders().getFirst("X-amz-checksum-sha256"));
            send(exchange, new byte[0]);
          } else {
            error(exchange, 404, "NoSuchKey");
          }
        });
    Path archive = Files.writeString(directory.resolve("archive"), "abc");
    store.publish(COMMIT, archive, ReleaseFormat.TAR_GZ, Checksum.of(archive).hex());
    assertThat(puts)
        .containsExactly(
            "/releases/shop/abc123.tar.gz * ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
            "/releases/shop/abc123.tar.gz.sha256 * null",
            "/releases/shop/abc123.release.sha256 * null");
  }

  private byte[] fetch() throws IOException {
    StoredArchive archive = store.find(COMMIT).orElseThrow();
    assertThat(archive.size()).isEqualTo(CONTENT.length);
    try (InputStream content = archive.source().open()) {
      return content.readAllBytes();
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void serve(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
          answer.to(exchange);
        });
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!isArchive(exchange)) {
      send(exchange, record());
      return;
    }
    if (exchange.getRequestURI().getPath().endsWith(".tar.gz")) {
      error(exchange, 404, "NoSuchKey");
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, CONTENT);
      return;
    }
    assertThat(exchange.getRequestHeaders().getFirst("If-Match")).isEqualTo("\"tag\"");
    int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    headers(exchange);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
    exchange.sendResponseHeaders(206, CONTENT.length - from);
    exchange.getResponseBody().write(Arrays.copyOfRange(CONTENT, from, CONTENT.length));
    exchange.close();
  }

  private byte[] record() throws IOException {
    Path file = Files.write(directory.resolve("content"), CONTENT);
    return new PublicationRecord("shop", ReleaseFormat.TAR_ZST, Checksum.of(file)).file(COMMIT);
  }

  private byte[] checksum() throws IOException {
    Path file = Files.write(directory.resolve("content"), CONTENT);
    return Checksum.of(file).file("abc123.tar.zst");
  }

  private static boolean isArchive(HttpExchange exchange) {
    return !exchange.getRequestURI().getPath().endsWith(".sha256");
  }

  private static void send(HttpExchange exchange, byte[] content) throws IOException {
    headers(exchange);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    }
    exchange.close();
  }

  private static void headers(HttpExchange exchange) {
    exchange.getResponseHeaders().set("ETag", "\"tag\"");
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    error(exchange, status, code, "told so");
  }

  private static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body =
        ("<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>")
            .getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
