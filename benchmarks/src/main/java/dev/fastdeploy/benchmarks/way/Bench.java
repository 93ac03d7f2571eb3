package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.load.Reply;
import dev.fastdeploy.benchmarks.load.Requests;
import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.benchmarks.workplace.Artifacts;
import dev.fastdeploy.benchmarks.workplace.Workplace;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The place where rigs are set up.
 *
 * @param workplace takes their files and processes
 * @param artifacts what the build made
 * @param jdk that runs the services
 * @param store where fastdeploy's releases are published
 */
public record Bench(Workplace workplace, Artifacts artifacts, Jdk jdk, Store store) {

  /** The home of the JDK that runs the services, if not the one that runs this. */
  public static final String JAVA_PROPERTY = "fastdeploy.benchmarks.java";

  /**
   * Flags of every service's JVM, whichever way it is reloaded. The heap is bounded as in a small
   * container. Soft references go with the first collection: whoever holds a class loader by one
   * does not leak it, and the count of leaked ones must not depend on how full the heap is.
   */
  public static final List<String> SERVICE_FLAGS =
      List.of("-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0");

  /** The time that a service may take until it answers. */
  static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  private static final int POLL_MILLIS = 20;
  private static final int ANSWER_TIMEOUT_MILLIS = 5_000;

  /** A bench in a workplace, on the JDK that the system property names. */
  public static Bench in(Workplace workplace) throws IOException {
    String home = System.getProperty(JAVA_PROPERTY);
    Jdk jdk = home == null ? Jdk.running() : Jdk.at(java.nio.file.Path.of(home));
    return new Bench(workplace, Artifacts.own(), jdk, new Store(workplace.newFolder("store")));
  }

  /** Returns one whose releases are elsewhere. */
  public Bench with(Store other) {
    return new Bench(workplace, artifacts, jdk, other);
  }

  /**
   * Starts a service, and returns once it answers.
   *
   * @param image what it starts with
   * @param port on which it is to listen
   * @throws IllegalArgumentException if the service cannot be reloaded that way at all
   */
  public Rig start(Way way, BuiltRelease image, int port) throws IOException, InterruptedException {
    return start(way, Holding.of(way), image, port, List.of());
  }

  /**
   * Starts a service, and returns once it answers.
   *
   * @param holding for how long a launcher holds the listening sockets
   * @param image what it starts with
   * @param port on which it is to listen
   * @param more arguments of the service; only a launcher passes them on
   * @throws IllegalArgumentException if the service cannot be reloaded that way at all
   */
  public Rig start(Way way, Holding holding, BuiltRelease image, int port, List<String> more)
      throws IOException, InterruptedException {
    if (!way.fits(image.service())) {
      throw new IllegalArgumentException(
          way.label() + " reloads Spring Boot applications only, not " + image.service().label());
    }
    Rig rig =
        switch (way) {
          case PROCESS, HELD, ARCHIVE, MODULE, REDEFINE ->
              LauncherRig.start(this, way, holding, image, port, more);
          case SHELL -> ShellRig.start(this, image, port);
          case DEVTOOLS -> DevToolsRig.start(this, image, port);
        };
    try {
      awaitAnswer(rig, image);
      return rig;
    } catch (IOException | InterruptedException failure) {
      rig.close();
      throw failure;
    }
  }

  /**
   * Publishes a release, after its training where the way needs one.
   *
   * @throws IOException if it cannot be published, with the reason
   */
  public void publish(Way way, BuiltRelease release) throws IOException {
    if (way == Way.ARCHIVE) {
      store.publishTrained(this, release);
    } else {
      store.publish(release);
    }
  }

  private static void awaitAnswer(Rig rig, BuiltRelease image)
      throws IOException, InterruptedException {
    Requests requests = requests(rig, image);
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    Reply reply = requests.ask();
    while (!reply.from(image.commit().id())) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the service does not answer after "
                + START_TIMEOUT.toSeconds()
                + " s ("
                + reply
                + "); the last lines were: "
                + String.join(" | ", rig.lastLines()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      reply = requests.ask();
    }
  }

  /** The requests by which a rig's service is measured. */
  public static Requests requests(Rig rig, BuiltRelease release) {
    return requests(rig.port(), release);
  }

  /** The same of a service on a port. */
  public static Requests requests(int port, BuiltRelease release) {
    return new Requests(port, release.service().workPath(), ANSWER_TIMEOUT_MILLIS);
  }

  /** The command that starts a service in its release's directory. */
  List<String> command(BuiltRelease release, int port) {
    return command(release, port, List.of());
  }

  /** The same with more arguments. */
  List<String> command(BuiltRelease release, int port, List<String> more) {
    List<String> words = new ArrayList<>();
    words.add(jdk.java().toString());
    words.addAll(SERVICE_FLAGS);
    words.addAll(release.service().command(release, port));
    words.addAll(more);
    return words;
  }
}
