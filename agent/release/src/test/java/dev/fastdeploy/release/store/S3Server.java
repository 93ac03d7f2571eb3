package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server that checks signatures, in memory, on a free port of the loopback. It is a process
 * of its own, from the jar that the build copies: its libraries must not mix with ours.
 */
final class S3Server implements BeforeAllCallback, AfterAllCallback {

  static final String KEY = "test-key";
  static final String SECRET = "test-secret";

  private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar");
  private static final Pattern LISTENS =
      Pattern.compile("Started \\S*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");

  private final String bucket;
  private @Nullable Process process;
  private @Nullable Path directory;
  private URI endpoint = URI.create("http://127.0.0.1:9");

  /**
   * @param bucket there before the first test
   */
  S3Server(String bucket) {
    this.bucket = bucket;
  }

  URI endpoint() {
    return endpoint;
  }

  /** Sees everything; to be closed. */
  S3Client admin() {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .build();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    boolean listens = false;
    try {
      start();
      listens = true;
    } finally {
      if (!listens) {
        stop();
      }
    }
  }

  private void start() throws IOException {
    assertThat(JAR).as("the S3 server that 'mvn process-test-resources' copies").exists();
    directory = Files.createTempDirectory("s3-server-");
    Path log = directory.resolve("log");
    Path properties =
        Files.writeString(
            directory.resolve("properties"),
            String.join(
                "\n",
                "s3proxy.endpoint=http://127.0.0.1:0",
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + KEY,
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=transient-nio2",
                "jclouds.identity=any",
                "jclouds.credential=any",
                ""));
    Process started =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-jar",
                JAR.toString(),
                "--properties",
                properties.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process = started;
    await().atMost(Duration.ofSeconds(60)).until(() -> !started.isAlive() || port(log).isPresent());
    endpoint =
        URI.create(
            "http://127.0.0.1:"
                + port(log).orElseThrow(() -> new IllegalStateException(contentOf(log))));
    try (S3Client admin = admin()) {
      admin.createBucket(request -> request.bucket(bucket));
    }
  }

  private static Optional<String> port(Path log) {
    Matcher matcher = LISTENS.matcher(contentOf(log));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String contentOf(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    stop();
  }

  private void stop() throws IOException, InterruptedException {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(5, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    }
    if (directory != null) {
      DurableFiles.deleteTree(directory);
    }
  }
}
