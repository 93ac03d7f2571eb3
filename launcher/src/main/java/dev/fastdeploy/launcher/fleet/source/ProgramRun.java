package dev.fastdeploy.launcher.fleet.source;

import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.fleet.program.AtExit;
import dev.fastdeploy.launcher.fleet.program.Leavings;
import dev.fastdeploy.launcher.fleet.program.Programs;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program for what it prints. It has a session of its own, so that a terminal's Ctrl-C does
 * not end it, and nothing that it started outlives the run.
 *
 * <p>Its output goes through {@code cat}: the JDK closes its end of a pipe when its child ends, and
 * what a grandchild prints later would be lost silently. {@code cat} ends when the last of them has
 * closed its output.
 */
final class ProgramRun {

  static final String MARK = "FASTDEPLOY_SOURCE_RUN";

  private static final int LONGEST_ERROR = 200;
  private static final Duration READERS_END = Duration.ofSeconds(1);

  /**
   * The result of a run.
   *
   * @param status the exit code, or 128 plus the signal that ended it
   * @param output everything that it printed
   * @param error the last line of its standard error, cleaned; empty if there is none
   */
  record Printed(int status, ByteBuffer output, String error) {}

  private final String called;
  private final List<String> command;
  private final int limit;
  private final Map<String, String> environment;

  /**
   * Creates a program to run.
   *
   * @param called its name in messages
   * @param limit the most bytes that it may print
   * @param environment variables to add to this process's
   */
  ProgramRun(String called, List<String> command, int limit, Map<String, String> environment) {
    this.called = called;
    this.command = command;
    this.limit = limit;
    this.environment = environment;
  }

  /**
   * Runs the program to its end.
   *
   * @throws IOException if it cannot be started, does not end in time or prints too much, with a
   *     message for the user
   */
  Printed run(AnswerDeadline deadline) throws IOException, InterruptedException {
    String mark = UUID.randomUUID().toString();
    List<Process> started = ProcessBuilder.startPipeline(pipeline(mark));
    Process program = started.get(0);
    Leavings leavings = new Leavings(MARK + "=" + mark, started);
    Thread hook = new Thread(leavings::end);
    Output output = new Output(started.get(1).getInputStream(), program);
    LastLine errors = new LastLine(program.getErrorStream());
    try {
      AtExit.add(hook);
      output.start();
      errors.start();
      boolean hasEnded = program.waitFor(deadline.leftMillis(), TimeUnit.MILLISECONDS);
      output.join(deadline.leftMillis());
      boolean isSilent = !output.isAlive();
      leavings.end();
      errors.join(READERS_END.toMillis());
      if (output.isTooMuch()) {
        throw new IOException(called + " prints more than " + limit + " bytes");
      }
      if (!hasEnded) {
        throw new IOException(called + " did not end in time and was killed" + errors.told());
      }
      if (!isSilent) {
        throw new IOException(
            called
                + " has ended, but not what it started in the background, which was killed; let it"
                + " wait for that");
      }
      return new Printed(program.exitValue(), ByteBuffer.wrap(output.bytes()), errors.line());
    } finally {
      leavings.end();
      AtExit.remove(hook);
    }
  }

  private List<ProcessBuilder> pipeline(String mark) {
    List<String> program = new ArrayList<>(Programs.ownSession());
    program.addAll(command);
    List<String> cat = new ArrayList<>(Programs.ownSession());
    cat.add("cat");
    ProcessBuilder first = new ProcessBuilder(program).redirectInput(new File("/dev/null"));
    ProcessBuilder last = new ProcessBuilder(cat).redirectError(ProcessBuilder.Redirect.DISCARD);
    for (ProcessBuilder builder : List.of(first, last)) {
      builder.environment().putAll(environment);
      builder.environment().put(MARK, mark);
    }
    return List.of(first, last);
  }

  /** Reads what is printed, up to the limit. */
  private final class Output extends Thread {

    private final InputStream in;
    private final Process program;
    private volatile byte[] bytes = {};

    Output(InputStream in, Process program) {
      super("fastdeploy-source-output");
      setDaemon(true);
      this.in = in;
      this.program = program;
    }

    @Override
    public void run() {
      try {
        bytes = in.readNBytes(limit + 1);
        if (isTooMuch()) {
          program.destroyForcibly();
        }
      } catch (IOException closed) {
        // The run was abandoned.
      }
    }

    boolean isTooMuch() {
      return bytes.length > limit;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** Keeps the last line of standard error. */
  private static final class LastLine extends Thread {

    private final InputStream in;
    private volatile String line = "";

    LastLine(InputStream in) {
      super("fastdeploy-source-errors");
      setDaemon(true);
      this.in = in;
    }

    @Override
    public void run() {
      ByteArrayOutputStream now = new ByteArrayOutputStream();
      try {
        for (int read = in.read(); read >= 0; read = in.read()) {
          if (read == '\n') {
            keep(now);
          } else if (now.size() < LONGEST_ERROR * 4) {
            now.write(read);
          }
        }
      } catch (IOException closed) {
        // The run was abandoned.
      }
      keep(now);
    }

    private void keep(ByteArrayOutputStream said) {
      String text = said.toString(StandardCharsets.UTF_8).strip();
      said.reset();
      if (!text.isEmpty()) {
        line = Text.shortened(SourceName.withoutSecrets(text), LONGEST_ERROR);
      }
    }

    String line() {
      return line;
    }

    String told() {
      return line.isEmpty() ? "" : ": " + line;
    }
  }
}
