package dev.fastdeploy.e2e.container;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A running container of the demo service's image, in a network of its own, so that all of them can
 * use port 8080. {@link #close} removes it and its volumes.
 */
final class Container implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final String HOME = "/var/lib/fastdeploy";

  /** Without these two no container starts where the limits of the session are lower. */
  private static final List<String> LIMITS =
      List.of("--ulimit", "nofile=20000:20000", "--ulimit", "nproc=1000:1000");

  private final Podman podman;
  private final String name = "fastdeploy-" + UUID.randomUUID();
  private final ChildProcess process;

  private Container(Podman podman, String image, List<String> options, List<String> command)
      throws IOException {
    this.podman = podman;
    List<String> words =
        podman.words(List.of("run", "--name", name, "--sig-proxy=false", "--network", "none"));
    words.addAll(LIMITS);
    words.addAll(options);
    words.add(image);
    words.addAll(command);
    this.process = Podman.start(words);
  }

  /**
   * Runs an image.
   *
   * @param options of {@code podman run}
   * @param command what the service is; the image's own if empty
   */
  static Container run(Podman podman, String image, List<String> options, List<String> command)
      throws IOException {
    return new Container(podman, image, options, command);
  }

  /** What came out of the container. */
  Output output() {
    return process.output();
  }

  /** Waits for its end; its exit code. */
  OptionalInt waitFor() throws InterruptedException {
    return process.waitFor(PATIENCE);
  }

  /** Whether it runs. */
  boolean alive() {
    return process.alive();
  }

  /** Stops it as a platform does: TERM, and KILL when the time is over. */
  void stop(Duration timeout) throws IOException, InterruptedException {
    podman.require("stop", "--time", Long.toString(timeout.toSeconds()), name);
  }

  /** Runs a program in it. */
  CommandResult exec(String... words) throws IOException, InterruptedException {
    return Podman.run(execWords(List.of(words)));
  }

  /** What a shell in it prints. */
  String shell(String script) throws IOException, InterruptedException {
    return String.join("\n", exec("bash", "-c", script).stdout());
  }

  /** Runs the command in it, against its own control endpoint. */
  CommandResult fastdeploy(String... words) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of("java", "-Xmx32m", "-XX:TieredStopAtLevel=1", "-jar", "/opt/fastdeploy.jar"));
    all.addAll(List.of(words));
    all.addAll(List.of("--target", "unix:" + HOME + "/fastdeploy/run/control.sock"));
    return Podman.run(execWords(all));
  }

  /** Begins to ask its service; what it answers is the output of the returned process. */
  ChildProcess request(String path) throws IOException {
    String script =
        "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET "
            + path
            + " HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
    return Podman.start(execWords(List.of("bash", "-c", script)));
  }

  /** The lines of its service's answer; none if it does not answer. */
  List<String> get(String path) throws IOException, InterruptedException {
    try (ChildProcess request = request(path)) {
      request.waitFor(PATIENCE);
      return request.output().stdout();
    }
  }

  /** Waits until its service tells a commit; with the last output if it does not. */
  void awaitServing(String commit) {
    try {
      Awaitility.await("serving " + commit)
          .atMost(PATIENCE)
          .until(() -> !alive() || get("/version").contains(commit));
    } catch (ConditionTimeoutException timeout) {
      throw new AssertionError(timeout.getMessage() + "; " + output().last(10), timeout);
    }
    if (!alive()) {
      throw new AssertionError("the container has ended: " + output().last(10));
    }
  }

  /** How many of its processes the kernel has killed for their memory. */
  long killedForMemory() throws IOException, InterruptedException {
    String counters =
        shell("cat /sys/fs/cgroup/memory/memory.oom_control /sys/fs/cgroup/memory.events");
    return counters
        .lines()
        .filter(line -> line.startsWith("oom_kill "))
        .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
        .sum();
  }

  private List<String> execWords(List<String> words) {
    List<String> all = podman.words(List.of("exec", name));
    all.addAll(words);
    return all;
  }

  @Override
  public void close() throws IOException {
    try {
      podman.require("rm", "--force", "--time", "0", "--volumes", "--ignore", name);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      process.close();
    }
  }
}
