package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process whose output is collected, and whose whole tree is gone after {@link #close}.
 * Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Duration END_OF_OUTPUT = Duration.ofSeconds(5);
  private static final Duration KILL = Duration.ofSeconds(10);

  private final Process process;
  private final Output output;
  private final ProcessMark mark;

  private ChildProcess(Process process, ProcessMark mark) {
    this.process = process;
    this.output = new Output(process);
    this.mark = mark;
  }

  /**
   * Starts a process with the signals that a terminal's shell gives it, even if this process was
   * started in the background.
   *
   * @param command the program and its arguments
   * @param environment additions to this process's own environment; variables with an empty value
   *     are removed
   * @param directory the directory in which it runs; this process's own if null
   */
  public static ChildProcess start(
      List<String> command, Map<String, String> environment, @Nullable Path directory)
      throws IOException {
    ProcessMark mark = new ProcessMark();
    ProcessBuilder builder = new ProcessBuilder(SignalDispositions.restored(command));
    mark.put(builder.environment());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    return new ChildProcess(process, mark);
  }

  /** Returns the process's id. */
  public long pid() {
    return process.pid();
  }

  /** Returns what it has printed. */
  public Output output() {
    return output;
  }

  /** Returns true if the process itself lives; its descendants may outlive it. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Returns the processes that it started, directly or not, and that live. */
  public List<ProcessHandle> descendants() {
    return mark.living().stream().filter(other -> other.pid() != process.pid()).toList();
  }

  /**
   * Waits for its end, and for the end of its output.
   *
   * @return its exit code, 128+n if a signal ended it; empty if it lives on
   */
  public OptionalInt waitFor(Duration timeout) throws InterruptedException {
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      return OptionalInt.empty();
    }
    output.awaitEnd(END_OF_OUTPUT);
    return OptionalInt.of(process.exitValue());
  }

  /**
   * Sends a signal to the process alone.
   *
   * @throws IOException if it cannot be sent, for example because the process has ended
   */
  public void signal(Signal signal) throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IOException(signal + " did not reach process " + pid() + ": it has ended");
    }
    SignalSender.send(signal, pid());
  }

  /** Kills it and everything that it started. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!mark.killAll(KILL)) {
        throw new IllegalStateException(
            "processes started by " + process.pid() + " live on: " + mark.living());
      }
      process.waitFor();
      output.awaitEnd(END_OF_OUTPUT);
    } catch (InterruptedException stopped) {
      mark.living().forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
