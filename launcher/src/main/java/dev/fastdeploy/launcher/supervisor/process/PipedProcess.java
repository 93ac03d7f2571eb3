package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.supervisor.output.LastLines;
import dev.fastdeploy.launcher.supervisor.output.LogPump;
import dev.fastdeploy.launcher.supervisor.output.LogStream;
import dev.fastdeploy.launcher.supervisor.output.Logs;
import dev.fastdeploy.launcher.supervisor.output.ServicePipes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process whose two output streams are carried to the launcher's own. */
public final class PipedProcess {

  private static final Duration LAST_WORDS = Duration.ofMillis(100);

  private final Process process;
  private final LastLines lastLines = new LastLines();
  private final LogPump stdout;
  private final LogPump stderr;

  private PipedProcess(
      Process process,
      InputStream out,
      InputStream err,
      Logs logs,
      Supplier<Commit> commit,
      @Nullable PipedProcess before) {
    this.process = process;
    this.stdout =
        LogPump.start(
            LogStream.STDOUT,
            out,
            logs.sink(LogStream.STDOUT, commit),
            lastLines.feed(),
            before == null ? null : before.stdout);
    this.stderr =
        LogPump.start(
            LogStream.STDERR,
            err,
            logs.sink(LogStream.STDERR, commit),
            lastLines.feed(),
            before == null ? null : before.stderr);
  }

  /**
   * Starts a process, with the launcher's own standard input. Must be called from the main thread:
   * a signal that a child requests for the death of its parent comes when the starting
   * <em>thread</em> ends (prctl(2), PR_SET_PDEATHSIG).
   *
   * @param pipes the pipes for its output, which nobody else uses
   * @param logs the destination of its output
   * @param commit the commit of the release that it runs, which may change
   * @param before the previous process, whose output comes out first
   * @throws IOException if it cannot be started
   */
  public static PipedProcess start(
      ProcessBuilder builder,
      ServicePipes pipes,
      Logs logs,
      Supplier<Commit> commit,
      @Nullable PipedProcess before)
      throws IOException {
    builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    pipes.out().ifPresent(pipe -> builder.redirectOutput(pipe.redirect()));
    pipes.err().ifPresent(pipe -> builder.redirectError(pipe.redirect()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException cannotStart) {
      pipes.close();
      throw new IOException(withRemedy(String.valueOf(cannotStart.getMessage())), cannotStart);
    } catch (OutOfMemoryError noThread) {
      // The JDK's own thread that waits for a process.
      pipes.close();
      throw new IOException(LauncherThreads.remedy(noThread), noThread);
    }
    try {
      return new PipedProcess(
          process,
          pipes.out().isPresent() ? pipes.out().get().readingEnd() : process.getInputStream(),
          pipes.err().isPresent() ? pipes.err().get().readingEnd() : process.getErrorStream(),
          logs,
          commit,
          before);
    } catch (OutOfMemoryError noThread) {
      // Nobody would read its output, and it would hang once a pipe is full.
      process.destroyForcibly();
      pipes.close();
      throw new IOException(LauncherThreads.remedy(noThread), noThread);
    }
  }

  /** Adds the remedy for limits, which the JDK reports by number (errno(3)): EAGAIN, EMFILE. */
  public static String withRemedy(String failure) {
    if (failure.contains("error=11,")) {
      return failure + "; raise the limit of processes (pids of the container, ulimit -u)";
    }
    return failure.contains("error=24,")
        ? failure + "; raise the limit of open files (ulimit -n)"
        : failure;
  }

  /** Returns the process itself. */
  public Process process() {
    return process;
  }

  /**
   * Returns its last lines. Waits a moment for what it has written but is not read yet, but not for
   * a reader of the logs.
   */
  public List<String> lastLines() throws InterruptedException {
    stdout.awaitEnd(LAST_WORDS);
    stderr.awaitEnd(LAST_WORDS);
    return lastLines.get();
  }

  /** Returns the last lines that were read so far, without waiting for more. */
  public List<String> lastLinesSoFar() {
    return lastLines.get();
  }

  /** Forgets what was printed so far: what follows is another release's. */
  public void forgetLastLines() {
    lastLines.forget();
  }

  /** Returns true if everything that it printed came out. */
  public boolean outputEnded() {
    return stdout.ended() && stderr.ended();
  }

  /** Returns true if its output waits for a reader of the logs. */
  public boolean outputStalled() {
    return stdout.isWriting() || stderr.isWriting();
  }
}
