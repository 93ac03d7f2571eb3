package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.S3ProxyProcess;
import dev.fastdeploy.release.PackedRelease;
import dev.fastdeploy.release.ReleaseOrigin;
import dev.fastdeploy.release.ReleasePacker;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The directory into which releases are published, once each.
 *
 * @param directory where it lies
 * @param options the launcher's options by which an instance fetches from it
 * @param variables the variables that an instance needs for that
 */
public record Store(Path directory, Map<String, String> options, Map<String, String> variables) {

  /** The application's name in it. */
  static final String APP = "bench";

  /** As many as a reload trial warms its service with, at most. */
  private static final int TRAINING_REQUESTS = 200;

  private static final Duration LONGEST_TRAINING = Duration.ofMinutes(5);

  private static final StagingLimits LIMITS = new StagingLimits(1L << 32, 100_000);

  /** Copies the options and the variables. */
  public Store {
    options = Map.copyOf(options);
    variables = Map.copyOf(variables);
  }

  /** A directory from which instances fetch as it is. */
  public Store(Path directory) {
    this(directory, Map.of("--store", directory.toString()), Map.of());
  }

  /** The bucket of an S3 server, from which instances fetch by its protocol. */
  public static Store of(S3ProxyProcess server) {
    return new Store(
        server.bucketDirectory(),
        Map.of(
            "--store",
            "s3://" + server.bucket(),
            "--store-endpoint",
            server.endpoint().toString(),
            "--store-region",
            S3ProxyProcess.REGION,
            "--store-path-style",
            "true"),
        server.credentials());
  }

  /** Publishes a release, packed as the command does unless told otherwise. */
  public void publish(BuiltRelease release) throws IOException {
    StoreLocation location = new StoreLocation(directory.toString(), APP, null, null, false);
    try (PublishedReleases store = ReleaseStores.open(location);
        PackedRelease packed =
            new ReleasePacker(LIMITS, new ReleaseOrigin(APP, release.commit()))
                .pack(release.directory(), ReleaseFormat.TAR_GZ, directory)) {
      store.publish(release.commit(), packed.file(), packed.format(), packed.sha256());
    }
  }

  /**
   * Publishes a release as a pipeline does that trains it: with the command that its instances run,
   * and some requests.
   */
  void publishTrained(Bench bench, BuiltRelease release) throws IOException {
    int port = FreePorts.one();
    String service = "http://127.0.0.1:" + port;
    Path requests = Files.createTempFile(directory, "requests", "");
    Files.write(
        requests, Collections.nCopies(TRAINING_REQUESTS, service + release.service().workPath()));
    List<String> words =
        List.of(
            "publish",
            release.directory().toString(),
            "--commit",
            release.commit().id(),
            "--store",
            directory.toString(),
            "--app",
            APP,
            "--train",
            String.join(" ", bench.command(release, port)),
            "--train-requests",
            requests.toString());
    try {
      CommandResult published =
          new FastdeployCommand(
                  bench.jdk(), bench.artifacts().fastdeployJar(), bench.workplace().variables())
              .run(words, LONGEST_TRAINING);
      if (published.exitCode() != 0) {
        throw new IOException("the training failed: " + String.join(" | ", published.stderr()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a release was trained");
    }
  }

  /** The archive of a published release, for who unpacks it without fastdeploy. */
  Path archive(BuiltRelease release) {
    return directory.resolve(APP).resolve(release.commit() + ".tar.gz");
  }
}
