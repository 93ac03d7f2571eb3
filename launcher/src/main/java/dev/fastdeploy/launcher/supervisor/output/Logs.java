package dev.fastdeploy.launcher.supervisor.output;

import dev.fastdeploy.contract.Commit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The outputs for lines of the service and the launcher, and their format. Thread-safe. */
public final class Logs {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final LogFormat format;
  private final LogOutput stdout;
  private final LogOutput stderr;
  private final WaitingLines waiting = new WaitingLines();
  private volatile JsonLine line = new JsonLine(Map.of());
  private volatile @Nullable Supplier<Commit> running;

  /**
   * @param stderr may be the same object as {@code stdout}, if both lead to the same place
   */
  public Logs(LogFormat format, OutputStream stdout, OutputStream stderr) {
    this.format = format;
    this.stdout = new LogOutput(stdout);
    this.stderr = stdout == stderr ? this.stdout : new LogOutput(stderr);
  }

  /** Returns logs that write everything to the launcher's own streams. */
  public static Logs ofThisProcess(LogFormat format) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    return new Logs(format, out, samePlace() ? out : new FileOutputStream(FileDescriptor.err));
  }

  /**
   * Returns true if both streams end in the same pipe, for example: their writes must not
   * interleave.
   */
  private static boolean samePlace() {
    try {
      return Files.readSymbolicLink(DESCRIPTORS.resolve("1"))
          .equals(Files.readSymbolicLink(DESCRIPTORS.resolve("2")));
    } catch (IOException hardenedProc) {
      return false;
    }
  }

  /**
   * Adds fields to each JSON line from now on.
   *
   * @param fields what is known of the task, by name
   */
  public void tellAlso(Map<String, String> fields) {
    line = new JsonLine(fields);
  }

  /**
   * Returns a sink for one stream of a process that begins to run.
   *
   * @param stream standard output or standard error
   * @param commit the commit of the release that it runs, which may change
   */
  public LogSink sink(LogStream stream, Supplier<Commit> commit) {
    running = commit;
    LogOutput output = stream == LogStream.STDOUT ? stdout : stderr;
    return format == LogFormat.JSON
        ? new JsonSink(output, line, stream, commit, waiting)
        : new TextSink(output);
  }

  /**
   * Writes a line of the launcher itself. May block for as long as nobody reads.
   *
   * @param text the line without its end
   */
  public void writeLaunchersLine(Instant at, String text) throws IOException {
    StringBuilder whole = new StringBuilder();
    if (format == LogFormat.JSON) {
      Supplier<Commit> commit = running;
      line.append(whole, at, LogStream.LAUNCHER, commit == null ? null : commit.get(), text, false);
    } else {
      whole.append(text).append('\n');
    }
    byte[] bytes = whole.toString().getBytes(StandardCharsets.UTF_8);
    stderr.writeOnNewLine(bytes, bytes.length);
  }
}
