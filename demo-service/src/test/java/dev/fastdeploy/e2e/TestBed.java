package dev.fastdeploy.e2e;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.service.ServiceRelease;
import dev.fastdeploy.e2e.subject.Subject;
import dev.fastdeploy.e2e.subject.SubjectRelease;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One instance with a store in a directory, in a folder of its own: what most end-to-end tests
 * need. Closing it kills whatever of it still runs.
 */
final class TestBed implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A launcher as it is installed. */
  private static final List<String> LAUNCHER_FLAGS = LauncherProcess.SMALL_JVM;

  /** A service that answers a few requests never earns what these would cost. */
  private static final List<String> SERVICE_FLAGS = FastdeployCommand.SHORT_LIVED;

  static final String APP = "shop";

  private static final PublicationCache PUBLISHED = new PublicationCache();

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Jdk jdk;
  private final Path folder;
  private final int port;
  private final List<LauncherProcess> launchers = new ArrayList<>();
  private final Map<String, String> environment;
  private boolean ownPayload;

  TestBed(Jdk jdk, Path folder) throws IOException {
    this(jdk, folder, Map.of());
  }

  TestBed(Jdk jdk, Path folder, Map<String, String> environment) throws IOException {
    this.jdk = jdk;
    this.folder = Files.createDirectories(folder.resolve("bed-" + COUNT.incrementAndGet()));
    this.port = FreePorts.one();
    this.environment = environment;
    Files.createDirectories(store());
  }

  /**
   * Lets the instance unpack its libraries in its own home, as it does without {@code
   * --payload-dir}. Otherwise it finds them unpacked, as in an image that was made so: 30 MB for
   * each home would cost the tests minutes.
   */
  TestBed withOwnPayload() {
    ownPayload = true;
    return this;
  }

  /** The directory that is given as the home. */
  Path home() {
    return folder.resolve("home");
  }

  /** The directory below it in which the home lies. */
  Path ownHome() {
    return home().resolve("fastdeploy");
  }

  /** As when a platform replaces the container: all that it had on its disk is gone. */
  void deleteHome() throws IOException {
    try (Stream<Path> files = Files.walk(home())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  Path store() {
    return folder.resolve("store");
  }

  int port() {
    return port;
  }

  private Path controlSocket() {
    return ownHome().resolve("run/control.sock");
  }

  String target() {
    return "unix:" + controlSocket();
  }

  /** The directory of a demo service's release that works. */
  Path demoRelease(String commit) throws IOException {
    return new ReleaseBuilder(folder.resolve("built")).build(commit);
  }

  /** The directory of a demo service's release with a fault. */
  Path demoRelease(ServiceRelease release) throws IOException {
    return new ReleaseBuilder(folder.resolve("built")).build(release);
  }

  /** The directory of a release of {@link Subject}. */
  Path subjectRelease(String commit, String... behaviour) throws IOException {
    return SubjectRelease.write(folder.resolve("built"), commit, behaviour);
  }

  /** Publishes a release to the directory store; once published it is there in no time. */
  void publish(Path release, String commit) throws Exception {
    PUBLISHED.publish(
        PublicationCache.Key.of(APP, commit, release),
        store(),
        () -> {
          CommandResult result =
              run("publish", release, "--store", store(), "--app", APP, "--commit", commit);
          if (result.exitCode() != 0) {
            throw new IOException("publish failed: " + result.stderr());
          }
          return null;
        });
  }

  /** A launcher of the demo service, tuned so that tests are quick; the image's commit is given. */
  LauncherProcess.Builder demoLauncher(Path image, String commit) {
    return launcher(image, commit)
        .option("--ready", "http:" + port + "/health")
        .javaCommand(
            inService("-cp", ReleaseBuilder.JAR, ReleaseBuilder.MAIN_CLASS, "--port", "" + port));
  }

  /** A launcher of {@link Subject}. */
  LauncherProcess.Builder subjectLauncher(Path image, String commit) {
    return launcher(image, commit)
        .option("--ready", "http:" + port + "/")
        .environment("PORT", "" + port)
        .javaCommand(inService("-cp", "classes", Subject.class.getName()));
  }

  private static String[] inService(String... arguments) {
    return Stream.concat(SERVICE_FLAGS.stream(), Stream.of(arguments)).toArray(String[]::new);
  }

  /** A launcher with the options that all tests want, without readiness and command. */
  LauncherProcess.Builder launcher(Path image, String commit) {
    LauncherProcess.Builder builder =
        LauncherProcess.on(jdk, BuildOutput.own().fastdeployJar())
            .option("--home", home())
            .option("--release", image)
            .option("--commit", commit)
            .option("--store", store())
            .option("--app", APP)
            .option("--soak", "300ms")
            .option("--ready-timeout", "20s")
            .option("--drain-timeout", "3s");
    LAUNCHER_FLAGS.forEach(builder::jvmFlag);
    environment.forEach(builder::environment);
    if (!ownPayload && !environment.containsKey("FASTDEPLOY_PAYLOAD_DIR")) {
      builder.option("--payload-dir", BuildOutput.own().unpackedPayload());
    }
    return builder;
  }

  /** The launcher that was started last. */
  LauncherProcess lastLauncher() {
    return launchers.get(launchers.size() - 1);
  }

  /** The process of its service, which is all that it started, as a status tells it. */
  Object servicePid() {
    List<ProcessHandle> started = lastLauncher().descendants();
    if (started.size() != 1) {
      throw new AssertionError("one process was expected below the launcher, not " + started);
    }
    return Math.toIntExact(started.get(0).pid());
  }

  /** Starts a launcher, to be killed at the end if it still runs. */
  LauncherProcess start(LauncherProcess.Builder builder) throws IOException {
    LauncherProcess launcher = builder.start();
    launchers.add(launcher);
    return launcher;
  }

  /** Starts a launcher and waits until its service serves a commit and its endpoint answers. */
  LauncherProcess startServing(LauncherProcess.Builder builder, String commit) throws IOException {
    LauncherProcess launcher = start(builder);
    awaitServing(commit, launcher);
    awaitEndpoint();
    return launcher;
  }

  /** Waits until the agent has started its control endpoint, the last thing that it starts. */
  void awaitEndpoint() {
    Awaitility.await("control endpoint")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(this::endpointAccepts);
  }

  /** A connection tells as much as the command, which costs a JVM each time. */
  private boolean endpointAccepts() {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(controlSocket()))) {
      return channel.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits until the service answers with a commit; tells the last output if it does not. */
  void awaitServing(String commit, LauncherProcess launcher) {
    try {
      Awaitility.await("serving " + commit)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> servedCommit().equals(commit));
    } catch (ConditionTimeoutException timeout) {
      throw new AssertionError(
          timeout.getMessage() + "; the last lines were " + launcher.output().last(10), timeout);
    }
  }

  /** What the service says that it is; empty while it does not answer. */
  String servedCommit() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/version").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(1000);
      try (InputStream in = connection.getInputStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException notNow) {
      return "";
    }
  }

  /** Runs the command, where it can be in a JVM that is there already. */
  CommandResult run(Object... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return environment.isEmpty() && WarmCommand.runs(words)
        ? WarmCommand.run(jdk, FastdeployCommand.SHORT_LIVED, words, PATIENCE)
        : command().run(words, PATIENCE);
  }

  FastdeployCommand command() {
    return new FastdeployCommand(
        jdk, FastdeployCommand.SHORT_LIVED, BuildOutput.own().fastdeployJar(), environment);
  }

  /** Deploys to this instance and tells how it went. */
  DeployRun deploy(String commit, String... options) throws Exception {
    List<String> words = deployWords(commit);
    words.addAll(List.of(options));
    return new DeployRun(run(words.toArray()));
  }

  /** Starts a deploy to this instance, in a process of its own. */
  ChildProcess startDeploy(String commit) throws IOException {
    return command().start(deployWords(commit));
  }

  private List<String> deployWords(String commit) {
    List<String> words = new ArrayList<>(List.of("deploy", commit, "--target", target(), "--json"));
    // An endpoint on a busy machine may take longer than a pipeline should wait.
    words.addAll(List.of("--connect-timeout", PATIENCE.toSeconds() + "s"));
    return words;
  }

  /** What {@code status --json} says of this instance, once it answers. */
  Map<String, Object> status() throws Exception {
    // A service may be between two processes, and a busy machine late.
    CommandResult answered =
        Awaitility.await("a status")
            .atMost(PATIENCE)
            .until(
                () -> run("status", "--target", target(), "--json"),
                result -> result.exitCode() == 0);
    return JSON.std.mapFrom(answered.stdout().get(0));
  }

  @Override
  public void close() {
    launchers.forEach(LauncherProcess::close);
  }
}
