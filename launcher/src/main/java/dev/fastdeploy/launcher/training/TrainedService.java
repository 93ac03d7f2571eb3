package dev.fastdeploy.launcher.training;

import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.launcher.fleet.program.AtExit;
import dev.fastdeploy.launcher.fleet.program.Leavings;
import dev.fastdeploy.launcher.fleet.program.Programs;
import dev.fastdeploy.launcher.supervisor.configuration.InjectedOptions;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A launcher with the service that is trained. It ends with this process, even if that is killed: a
 * shell between them reads from a pipe until nobody holds the other end.
 */
final class TrainedService implements Closeable {

  /** Runs the words that follow; the end of its input ends them as a stop does. */
  private static final String WATCH =
      "exec 3<&0; \"$@\" </dev/null 3<&- & child=$!;"
          + " (read -r end <&3; kill -TERM \"$child\" 2>/dev/null) &"
          + " wait \"$child\"";

  private static final int SHOWN_LINES = 12;

  private final Process shell;
  private final Path output;
  private final Leavings leavings;
  private final Thread atExit;

  private TrainedService(Process shell, Path output, Leavings leavings, Thread atExit) {
    this.shell = shell;
    this.output = output;
    this.leavings = leavings;
    this.atExit = atExit;
  }

  /**
   * Starts a launcher.
   *
   * @param words its command line
   * @param output the file that gets its output and the service's
   */
  static TrainedService start(List<String> words, Path output) throws IOException {
    List<String> all = new ArrayList<>(Programs.ownSession());
    all.addAll(List.of("sh", "-c", WATCH, "sh"));
    all.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile());
    InjectedOptions.keepForService(builder.environment());
    // What configures an instance of this machine is not meant for a training on it.
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith(ProcessContract.VARIABLE_PREFIX)
                    && !name.startsWith(ProcessContract.CHILD_PREFIX));
    String mark = UUID.randomUUID().toString();
    builder.environment().put(ProcessContract.TRAINING, mark);
    Process shell = builder.start();
    Leavings leavings = new Leavings(ProcessContract.TRAINING + "=" + mark, List.of(shell));
    Thread atExit = new Thread(leavings::end, "fastdeploy-training-end");
    try {
      AtExit.add(atExit);
    } catch (IOException ending) {
      leavings.end();
      throw ending;
    }
    return new TrainedService(shell, output, leavings, atExit);
  }

  /**
   * Requires that it runs.
   *
   * @throws IOException if it has ended, with its last lines
   */
  void requireAlive() throws IOException {
    if (!shell.isAlive()) {
      throw new IOException(
          "the service ended with " + shell.exitValue() + " during its training" + lastLines());
    }
  }

  /**
   * Stops it as a platform does, by TERM, and waits until its JVM has written the archive.
   *
   * @param deadline the latest end, by {@link System#nanoTime}
   * @throws IOException if it did not end in time
   */
  void stop(long deadline) throws IOException, InterruptedException {
    shell.getOutputStream().close();
    if (!shell.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      throw new IOException(
          "the service did not end in the time of the training (--train-timeout)" + lastLines());
    }
  }

  /** Returns the end of its output, for an error; empty if it printed nothing. */
  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
      List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
      return last.isEmpty() ? "" : "; its last lines: " + String.join(" | ", last);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Kills what still runs of it. */
  @Override
  public void close() {
    leavings.end();
    AtExit.remove(atExit);
  }
}
