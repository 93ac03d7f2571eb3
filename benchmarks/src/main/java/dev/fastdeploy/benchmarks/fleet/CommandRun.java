package dev.fastdeploy.benchmarks.fleet;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.benchmarks.figures.ProcessorTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command as a process of its own: what it says, and what it costs. Linux only.
 *
 * @param exitCode of the process
 * @param lines what it said, one object each
 * @param wallMillis from its start to its end
 * @param processorSeconds all that it used, its own children included
 * @param peakMegabytes the most memory that was resident
 * @param mostConnections how many sockets it had open at most
 * @param complaints what it wrote to its error stream
 */
record CommandRun(
    int exitCode,
    List<Line> lines,
    long wallMillis,
    double processorSeconds,
    double peakMegabytes,
    int mostConnections,
    String complaints) {

  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
  private static final long MEMORY_MILLIS = 100;
  private static final int SOCKETS_EACH = 20;

  /**
   * A line, and when it came.
   *
   * @param millis since the start of the process
   */
  record Line(long millis, Map<String, Object> object) {

    String text(String name) {
      return String.valueOf(object.getOrDefault(name, ""));
    }

    boolean is(String event) {
      return text("event").equals(event);
    }
  }

  /** Runs it to its end. No other child of this process may end meanwhile. */
  static CommandRun of(List<String> command, Map<String, String> variables, Path errors)
      throws IOException, InterruptedException {
    double before = ProcessorTime.secondsOfEndedChildren();
    long start = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(errors.toFile()));
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    Watch watch = new Watch(process);
    watch.start();
    List<Line> lines = new ArrayList<>();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("{")) {
        lines.add(new Line(millisSince(start), JSON.std.mapFrom(line)));
      }
    }
    int exitCode = process.waitFor();
    long wall = millisSince(start);
    watch.join();
    return new CommandRun(
        exitCode,
        List.copyOf(lines),
        wall,
        ProcessorTime.secondsOfEndedChildren() - before,
        watch.peakKilobytes * 1024 / 1e6,
        watch.sockets,
        Files.readString(errors));
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Looks at the process while it lives: the kernel forgets the peak with it. */
  private static final class Watch extends Thread {

    private final Process process;
    private final Path files;
    private long peakKilobytes;
    private int sockets;

    Watch(Process process) {
      super("command-watch");
      setDaemon(true);
      this.process = process;
      this.files = Path.of("/proc/" + process.pid());
    }

    @Override
    public void run() {
      try {
        for (int look = 0; !process.waitFor(MEMORY_MILLIS, TimeUnit.MILLISECONDS); look++) {
          look(look % SOCKETS_EACH == 0);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    private void look(boolean alsoSockets) {
      try {
        Matcher peak = PEAK.matcher(Files.readString(files.resolve("status")));
        if (peak.find()) {
          peakKilobytes = Math.max(peakKilobytes, Long.parseLong(peak.group(1)));
        }
        if (alsoSockets) {
          sockets = Math.max(sockets, sockets());
        }
      } catch (IOException gone) {
        // The last figures that were seen count.
      }
    }

    private int sockets() throws IOException {
      int count = 0;
      try (Stream<Path> open = Files.list(files.resolve("fd"))) {
        for (Path one : open.toList()) {
          if (isSocket(one)) {
            count++;
          }
        }
      }
      return count;
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException closed) {
        return false;
      }
    }
  }
}
