package dev.fastdeploy.launcher.fleet.program;

import dev.fastdeploy.contract.Text;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A user's command, run by {@code sh -c} for its exit code and the last line that it prints. It has
 * a session of its own, so that a terminal's Ctrl-C does not end it, and nothing that it starts
 * outlives the run. Each run is a process; several threads may run it at once.
 */
public final class ShellCommand {

  private static final String MARK = "FASTDEPLOY_COMMAND_RUN";
  private static final int LONGEST_LINE = 2_000;
  private static final long READER_ENDS_MILLIS = 1_000;

  /**
   * The end of a run.
   *
   * @param status its exit code, or 128 plus the signal that ended it
   * @param lastLine the last line on standard output or error; empty if it printed nothing
   */
  public record Ran(int status, String lastLine) {

    /** Returns how the run ended and its last line, in a few words. */
    public String told() {
      return "ended with " + status + (lastLine.isEmpty() ? "" : ": " + lastLine);
    }
  }

  private final String command;

  /**
   * Creates a command.
   *
   * @param command the text that {@code sh} is given
   */
  public ShellCommand(String command) {
    this.command = command;
  }

  /**
   * Runs the command to its end.
   *
   * @param environment variables to add to this process's
   * @param input its standard input, in UTF-8
   * @param longest how long it may take before it is killed
   * @return how it ended, or empty if it did not end in time
   * @throws IOException if it cannot be started
   * @throws InterruptedException if the thread was interrupted; the command is killed
   */
  public Optional<Ran> run(Map<String, String> environment, String input, Duration longest)
      throws IOException, InterruptedException {
    String mark = UUID.randomUUID().toString();
    Process process = start(environment, mark, input.isEmpty());
    Leavings leavings = new Leavings(MARK + "=" + mark, List.of(process));
    Thread hook = new Thread(leavings::end);
    try {
      AtExit.add(hook);
      LastLine last = new LastLine(process.getInputStream());
      last.start();
      if (!input.isEmpty()) {
        new Input(process.getOutputStream(), input).start();
      }
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      leavings.end();
      last.join(READER_ENDS_MILLIS);
      return Optional.of(new Ran(process.exitValue(), last.line()));
    } finally {
      leavings.end();
      AtExit.remove(hook);
    }
  }

  private Process start(Map<String, String> environment, String mark, boolean isWithoutInput)
      throws IOException {
    List<String> words = new ArrayList<>(Programs.ownSession());
    words.addAll(List.of("sh", "-c", command));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put(MARK, mark);
    if (isWithoutInput) {
      builder.redirectInput(new File("/dev/null"));
    }
    return builder.start();
  }

  /** Writes the command's input, which may be more than a pipe holds and may never be read. */
  private static final class Input extends Thread {

    private final OutputStream to;
    private final byte[] bytes;

    Input(OutputStream to, String text) {
      super("fastdeploy-command-input");
      setDaemon(true);
      this.to = to;
      this.bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
      try (to) {
        to.write(bytes);
      } catch (IOException unread) {
        // A command is free not to read its input.
      }
    }
  }

  /** Reads everything that a command prints, and keeps the last line. */
  private static final class LastLine extends Thread {

    private final InputStream from;
    private final StringBuilder line = new StringBuilder();
    private String last = "";

    LastLine(InputStream from) {
      super("fastdeploy-command-output");
      setDaemon(true);
      this.from = from;
    }

    synchronized String line() {
      String now = line.toString().strip();
      return Text.shortened(now.isEmpty() ? last : now, LONGEST_LINE);
    }

    @Override
    public void run() {
      byte[] bytes = new byte[8 * 1024];
      try {
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
          take(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
      } catch (IOException ended) {
        // The output read so far counts.
      }
    }

    private synchronized void take(String text) {
      for (int i = 0; i < text.length(); i++) {
        char letter = text.charAt(i);
        if (letter == '\n') {
          String whole = line.toString().strip();
          last = whole.isEmpty() ? last : whole;
          line.setLength(0);
        } else if (line.length() < LONGEST_LINE) {
          line.append(letter);
        }
      }
    }
  }
}
