package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server with one bucket in a process of its own, on a free port of the loopback address. It
 * takes only signed requests (SigV4). Its objects are files below {@link #bucketDirectory}.
 * Thread-safe.
 */
public final class S3ProxyProcess implements AutoCloseable {

  /** A signature needs a region; S3Proxy takes any. */
  public static final String REGION = "us-east-1";

  private static final String MAIN_CLASS = "org.gaul.s3proxy.Main";
  private static final int TIMEOUT_MILLIS = 1_000;

  private final ChildProcess process;
  private final URI endpoint;
  private final String bucket;
  private final Path bucketDirectory;
  private final String accessKey;
  private final String secretKey;

  private S3ProxyProcess(
      ChildProcess process,
      URI endpoint,
      String bucket,
      Path bucketDirectory,
      String accessKey,
      String secretKey) {
    this.process = process;
    this.endpoint = endpoint;
    this.bucket = bucket;
    this.bucketDirectory = bucketDirectory;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /**
   * Starts the server in this process's own environment; see {@link #start(Jdk, Path, Map, Path,
   * String, Duration)}.
   */
  public static S3ProxyProcess start(
      Jdk jdk, Path s3ProxyJar, Path directory, String bucket, Duration timeout)
      throws IOException, InterruptedException {
    return start(jdk, s3ProxyJar, Map.of(), directory, bucket, timeout);
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param environment additions to this process's own environment
   * @param directory for its configuration and objects; created if missing
   * @throws IOException if it does not answer in time, with the last lines that it printed
   */
  public static S3ProxyProcess start(
      Jdk jdk,
      Path s3ProxyJar,
      Map<String, String> environment,
      Path directory,
      String bucket,
      Duration timeout)
      throws IOException, InterruptedException {
    URI endpoint = URI.create("http://127.0.0.1:" + FreePorts.one());
    // With its filesystem back end, a directory is a bucket.
    Path bucketDirectory = Files.createDirectories(directory.resolve("objects").resolve(bucket));
    String accessKey = "demo";
    String secretKey = UUID.randomUUID().toString();
    Path configuration = directory.resolve("s3proxy.properties");
    Files.writeString(
        configuration,
        String.join(
            "\n",
            "s3proxy.endpoint=" + endpoint,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + accessKey,
            "s3proxy.credential=" + secretKey,
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + bucketDirectory.getParent(),
            ""));
    ChildProcess process =
        ChildProcess.start(
            List.of(
                jdk.java().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                s3ProxyJar.toString(),
                MAIN_CLASS,
                "--properties",
                configuration.toString()),
            environment,
            directory);
    S3ProxyProcess server =
        new S3ProxyProcess(process, endpoint, bucket, bucketDirectory, accessKey, secretKey);
    try {
      server.awaitAnswer(timeout);
      return server;
    } catch (IOException | InterruptedException failure) {
      server.close();
      throw failure;
    }
  }

  private void awaitAnswer(Duration timeout) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!answers()) {
      if (System.nanoTime() >= deadline || !process.alive()) {
        throw new IOException(
            "the S3 server at "
                + endpoint
                + " does not answer; it said: "
                + String.join(" | ", process.output().last(5)));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      // Any status will do: without a signature it is 403.
      return connection.getResponseCode() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns its address, to be given as the store's endpoint, with path style. */
  public URI endpoint() {
    return endpoint;
  }

  /** Returns the bucket's name. */
  public String bucket() {
    return bucket;
  }

  /** Returns the directory that holds the bucket's objects as files. */
  public Path bucketDirectory() {
    return bucketDirectory;
  }

  /** Returns the id of the only key that is accepted. */
  public String accessKey() {
    return accessKey;
  }

  /** Returns the secret of this key. */
  public String secretKey() {
    return secretKey;
  }

  /** Returns the variables from which AWS clients take the credentials. */
  public Map<String, String> credentials() {
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        accessKey,
        "AWS_SECRET_ACCESS_KEY",
        secretKey,
        "AWS_REGION",
        REGION,
        // A machine's own settings must not lead away from this server.
        "AWS_SESSION_TOKEN",
        "",
        "AWS_PROFILE",
        "",
        "AWS_ENDPOINT_URL",
        "",
        "AWS_ENDPOINT_URL_S3",
        "");
  }

  /** Returns true if it runs. */
  public boolean alive() {
    return process.alive();
  }

  /** Returns what it has printed. */
  public Output output() {
    return process.output();
  }

  /**
   * Waits for its end.
   *
   * @return its exit code; empty if it lives on
   */
  public OptionalInt waitFor(Duration timeout) throws InterruptedException {
    return process.waitFor(timeout);
  }

  /** Sends it a signal: a stopped server is a store that hangs. */
  public void signal(Signal signal) throws IOException, InterruptedException {
    process.signal(signal);
  }

  /** Ends it; its files stay. */
  @Override
  public void close() {
    process.close();
  }
}
