package dev.fastdeploy.benchmarks.supervision;

import dev.fastdeploy.demo.process.ChildProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A script that a supervisor starts: it notes when it was started and when it ends, which it does
 * when it is told to. Bash tells the time to the microsecond without another process; what it takes
 * to get there, a millisecond or two, is in every supervisor's figure.
 */
final class TimedChild {

  private static final String SCRIPT =
      """
      echo "$EPOCHREALTIME" >> "$1/started"
      read -r < "$1/end"
      echo "$EPOCHREALTIME" >> "$1/ended"
      exit "$2"
      """;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path folder;

  private TimedChild(Path folder) {
    this.folder = folder;
  }

  /** Lays it out in a folder. */
  static TimedChild in(Path folder, Map<String, String> variables)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("child.sh"), SCRIPT);
    for (String stamps : List.of("started", "ended")) {
      Files.createFile(folder.resolve(stamps));
    }
    try (ChildProcess mkfifo =
        ChildProcess.start(List.of("mkfifo", folder.resolve("end").toString()), variables, null)) {
      OptionalInt code = mkfifo.waitFor(TIMEOUT);
      if (code.isEmpty() || code.getAsInt() != 0) {
        throw new IOException("mkfifo failed: " + String.join(" | ", mkfifo.output().last(3)));
      }
    }
    return new TimedChild(folder);
  }

  /** The command that runs it, to end with a code. */
  List<String> command(int exitCode) {
    return List.of("bash", folder.resolve("child.sh").toString(), folder.toString(), "" + exitCode);
  }

  /** Returns how often it was started so far. */
  int starts() throws IOException {
    return stamps("started").size();
  }

  /**
   * Waits until it was started so often.
   *
   * @throws IOException if it is not in time
   */
  void awaitStart(int number) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (starts() < number) {
      if (System.nanoTime() > deadline) {
        throw new IOException("it was not started within " + TIMEOUT.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Tells it to end. It waits for that, so this returns at once. */
  void end() throws IOException {
    Files.writeString(folder.resolve("end"), "\n");
  }

  /** Milliseconds from its last end to the start after it. */
  double gapMillis() throws IOException {
    List<String> ended = stamps("ended");
    List<String> started = stamps("started");
    BigDecimal end = new BigDecimal(ended.get(ended.size() - 1));
    BigDecimal next = new BigDecimal(started.get(ended.size()));
    return next.subtract(end).movePointRight(3).doubleValue();
  }

  private List<String> stamps(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }
}
