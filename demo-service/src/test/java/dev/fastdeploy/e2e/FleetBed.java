package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.S3ProxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of instances, its store and its file of targets; instances take the JDKs by turns.
 * Closing it kills whatever of it still runs.
 */
final class FleetBed implements AutoCloseable {

  /** For what takes a few seconds on a quiet machine. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Null if a directory is the store. */
  private final @Nullable S3ProxyProcess s3;

  private final Map<String, String> storeOptions;
  private final List<TestBed> instances = new ArrayList<>();
  private final Path targets;

  private FleetBed(
      Path folder, int size, @Nullable S3ProxyProcess s3, Map<String, String> storeOptions)
      throws IOException {
    this.targets = folder.resolve("fleet");
    this.s3 = s3;
    this.storeOptions = new TreeMap<>(storeOptions);
    List<Jdk> jdks = Jdks.all().toList();
    for (int i = 0; i < size; i++) {
      instances.add(
          new TestBed(jdks.get(i % jdks.size()), folder, s3 == null ? Map.of() : s3.credentials()));
    }
  }

  /** Returns a fleet with a store in S3. */
  static FleetBed onS3(Path folder, int size) throws Exception {
    S3ProxyProcess s3 =
        S3ProxyProcess.start(
            Jdk.running(),
            BuildOutput.own().s3ProxyJar(),
            Files.createDirectories(folder.resolve("s3")),
            "releases",
            TestBed.PATIENCE);
    return new FleetBed(
        folder,
        size,
        s3,
        Map.of(
            "--store",
            "s3://" + s3.bucket(),
            "--store-endpoint",
            s3.endpoint().toString(),
            "--store-region",
            S3ProxyProcess.REGION,
            "--store-path-style",
            "true"));
  }

  /**
   * Returns a fleet with a store in a directory: each stage of each process costs a second less.
   */
  static FleetBed onDirectory(Path folder, int size) throws IOException {
    Path store = Files.createDirectories(folder.resolve("store"));
    return new FleetBed(folder, size, null, Map.of("--store", store.toString()));
  }

  /** Starts all with the image's commit and waits until they serve it. */
  void start(String image) throws IOException {
    List<LauncherProcess> launchers = new ArrayList<>();
    for (TestBed instance : instances) {
      launchers.add(instance.start(launcher(instance, image)));
    }
    for (int i = 0; i < instances.size(); i++) {
      instances.get(i).awaitServing(image, launchers.get(i));
      instances.get(i).awaitEndpoint();
    }
    Files.write(targets, instances.stream().map(TestBed::target).toList());
  }

  /** A launcher of an instance, as a platform starts it from an image. */
  LauncherProcess.Builder launcher(TestBed instance, String image) throws IOException {
    LauncherProcess.Builder builder =
        instance
            .subjectLauncher(instance.subjectRelease(image), image)
            .option("--env", "prod")
            // No release of these tests is late: it starts when a test lets it, or exits.
            .option("--ready-timeout", PATIENCE.toSeconds() + "s");
    storeOptions.forEach(builder::option);
    return builder;
  }

  List<TestBed> instances() {
    return instances;
  }

  /** How many instances serve each commit; those that do not answer serve the empty one. */
  Map<String, Integer> served() {
    Map<String, Integer> served = new TreeMap<>();
    instances.forEach(instance -> served.merge(instance.servedCommit(), 1, Integer::sum));
    return served;
  }

  /** Waits until so many instances serve each commit. */
  void awaitServed(Map<String, Integer> commits) {
    Awaitility.await("they serve " + commits)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(this::served, commits::equals);
  }

  /** Publishes a release that behaves as it is told. */
  void publish(String commit, String... behaviour) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "publish",
                instances.get(0).subjectRelease(commit, behaviour).toString(),
                "--commit",
                commit,
                "--app",
                "shop"));
    words.addAll(storeWords());
    CommandResult result = instances.get(0).command().run(words, PATIENCE);
    if (result.exitCode() != 0) {
      throw new IOException("publish failed: " + result.stderr());
    }
  }

  /** Starts a command on the fleet. */
  ChildProcess begin(String command, String... options) throws IOException {
    return instances.get(0).command().start(words(true, command, options));
  }

  /** Runs a command on the fleet to its end. */
  CommandResult run(String command, String... options) throws Exception {
    return instances.get(0).command().run(words(true, command, options), PATIENCE);
  }

  /** Runs a command on the fleet's record alone, as from another machine. */
  CommandResult onRecord(String command, String... options) throws Exception {
    return instances.get(0).command().run(words(false, command, options), PATIENCE);
  }

  private List<String> words(boolean fleet, String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--app", "shop", "--env", "prod"));
    words.addAll(storeWords());
    if (fleet) {
      words.addAll(List.of("--fleet", "file:" + targets));
    }
    words.addAll(List.of(options));
    return words;
  }

  private List<String> storeWords() {
    List<String> words = new ArrayList<>();
    storeOptions.forEach((name, value) -> words.addAll(List.of(name, value)));
    return words;
  }

  @Override
  public void close() {
    instances.forEach(TestBed::close);
    if (s3 != null) {
      s3.close();
    }
  }
}
