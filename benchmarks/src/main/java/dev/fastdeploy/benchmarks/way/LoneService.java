package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.demo.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A service's process with nobody above it, to see what the agent adds to it. Used by one thread at
 * a time.
 */
public final class LoneService implements AutoCloseable {

  private static final Duration END_TIMEOUT = Duration.ofSeconds(30);
  private static final int POLL_MILLIS = 20;

  private final ChildProcess process;
  private final long startNanos;
  private final @Nullable AgentSide agent;

  private LoneService(ChildProcess process, long startNanos, @Nullable AgentSide agent) {
    this.process = process;
    this.startNanos = startNanos;
    this.agent = agent;
  }

  /** The stand-in for the rest of an instance, as its agent sees it. */
  private record AgentSide(Path endpoint, AdoptingLauncher launcher) {}

  /** Starts it as it is; returns at once. */
  public static LoneService plain(Bench bench, BuiltRelease release, int port) throws IOException {
    return start(bench.command(release, port), bench.workplace().variables(), release, null);
  }

  /**
   * Starts it with the agent, which finds a launcher to talk to; returns at once. The launcher is
   * this JVM, which costs the service nothing.
   */
  public static LoneService withAgent(Bench bench, BuiltRelease release, int port)
      throws IOException {
    Home home = new Home(bench.workplace().newFolder("agent"));
    home.create();
    Map<String, String> variables = new HashMap<>(bench.workplace().variables());
    variables.put(Setting.HOME.variable(), home.given().toString());
    variables.put(Setting.STORE.variable(), bench.store().directory().toString());
    variables.put(Setting.APP.variable(), Store.APP);
    variables.put(
        Setting.PAYLOAD_DIR.variable(), bench.workplace().folder().resolve("payload").toString());
    variables.put(Setting.READY.variable(), "http:" + port + release.service().healthPath());
    List<String> words = new ArrayList<>(bench.command(release, port));
    words.add(1, "-javaagent:" + bench.artifacts().fastdeployJar());
    AdoptingLauncher launcher = AdoptingLauncher.listen(home.run().resolve("channel"));
    variables.put(ProcessContract.CHANNEL, launcher.socket().toString());
    return start(words, variables, release, new AgentSide(home.controlSocket(), launcher));
  }

  private static LoneService start(
      List<String> command,
      Map<String, String> variables,
      BuiltRelease release,
      @Nullable AgentSide agent)
      throws IOException {
    long start = System.nanoTime();
    return new LoneService(
        ChildProcess.start(command, variables, release.directory()), start, agent);
  }

  /** Returns when it was started, by {@link System#nanoTime}. */
  public long startNanos() {
    return startNanos;
  }

  /** Its id. */
  public long pid() {
    return process.pid();
  }

  /** The last lines that it printed. */
  public List<String> lastLines() {
    return process.output().last(5);
  }

  /**
   * Waits until the agent's endpoint is there and the agent was adopted; without an agent there is
   * nothing to wait for.
   *
   * @throws IOException if it is not in time
   */
  public void awaitAgent() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Bench.START_TIMEOUT.toNanos();
    while (agent != null && !(Files.exists(agent.endpoint()) && agent.launcher().adopted())) {
      if (System.nanoTime() > deadline || !process.alive()) {
        throw new IOException("the agent is not there: " + String.join(" | ", lastLines()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * Sends TERM to a process, and waits for its end.
   *
   * @return nanoseconds from the one to the other
   * @throws IOException if it does not end in time
   */
  public static long end(long pid) throws IOException, InterruptedException {
    ProcessHandle handle =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("process " + pid + " has ended"));
    long start = System.nanoTime();
    handle.destroy();
    try {
      handle.onExit().get(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new IOException("process " + pid + " does not end on TERM", failure);
    }
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    process.close();
    if (agent != null) {
      agent.launcher().close();
    }
  }
}
