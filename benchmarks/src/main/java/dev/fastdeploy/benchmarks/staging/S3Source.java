package dev.fastdeploy.benchmarks.staging;

import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.S3ProxyProcess;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An S3 server on the loopback address, in a process of its own. Fastdeploy and curl both sign
 * their requests.
 */
public final class S3Source implements Source {

  private static final String APP = "shop";
  private static final String BUCKET = "releases";
  private static final Duration START = Duration.ofSeconds(60);

  private final S3ProxyProcess server;
  private final PublishedReleases store;

  /**
   * Starts the server. The credentials become system properties of this JVM.
   *
   * @param directory for its files
   * @param variables for its process
   */
  public S3Source(Path s3ProxyJar, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    server = S3ProxyProcess.start(Jdk.running(), s3ProxyJar, variables, directory, BUCKET, START);
    System.setProperty("aws.accessKeyId", server.accessKey());
    System.setProperty("aws.secretAccessKey", server.secretKey());
    store =
        ReleaseStores.open(
            new StoreLocation(
                "s3://" + BUCKET, APP, server.endpoint(), S3ProxyProcess.REGION, true));
  }

  @Override
  public PublishedReleases store() {
    return store;
  }

  @Override
  public List<String> curlArguments(PublishedRelease release) {
    return List.of(
        "--aws-sigv4",
        "aws:amz:" + S3ProxyProcess.REGION + ":s3",
        "--user",
        server.accessKey() + ":" + server.secretKey(),
        "--header",
        "x-amz-content-sha256: UNSIGNED-PAYLOAD",
        server.endpoint() + "/" + BUCKET + "/" + APP + "/" + release.archiveName());
  }

  @Override
  public void close() {
    store.close();
    server.close();
  }
}
