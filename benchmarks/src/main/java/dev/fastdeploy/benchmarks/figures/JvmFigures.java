package dev.fastdeploy.benchmarks.figures;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a JVM by its JDK's own {@code jcmd}, which needs no port and loads next to nothing into it.
 */
public final class JvmFigures {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern METASPACE = Pattern.compile("Both:\\s+([\\d.]+) (KB|MB|GB) used.*");
  private static final double MEGA = 1024 * 1024 / 1e6;

  private final Jdk jdk;
  private final Map<String, String> variables;

  /**
   * @param jdk that the JVM runs on
   * @param variables for the processes that are started
   */
  public JvmFigures(Jdk jdk, Map<String, String> variables) {
    this.jdk = jdk;
    this.variables = Map.copyOf(variables);
  }

  /** Has a JVM collect all of its garbage; returns when it has. */
  public void collect(long pid) throws IOException, InterruptedException {
    ask(pid, "GC.run");
  }

  /** The class loaders that a JVM holds; collect first. */
  public LoaderCensus loaders(long pid) throws IOException, InterruptedException {
    return LoaderCensus.read(ask(pid, "VM.classloader_stats"));
  }

  /** Megabytes (of a million bytes) of metaspace that a JVM uses. */
  public double metaspaceMegabytes(long pid) throws IOException, InterruptedException {
    return metaspace(ask(pid, "VM.metaspace", "basic"));
  }

  static double metaspace(List<String> lines) throws IOException {
    for (String line : lines) {
      Matcher both = METASPACE.matcher(line.strip());
      if (both.matches()) {
        double value = Double.parseDouble(both.group(1));
        return value
            * switch (both.group(2)) {
              case "KB" -> MEGA / 1024;
              case "MB" -> MEGA;
              default -> MEGA * 1024;
            };
      }
    }
    throw new IOException("VM.metaspace does not tell what is used: " + lines);
  }

  private List<String> ask(long pid, String... command) throws IOException, InterruptedException {
    List<String> words = new java.util.ArrayList<>();
    words.add(jdk.home().resolve("bin").resolve("jcmd").toString());
    words.add(Long.toString(pid));
    words.addAll(List.of(command));
    try (ChildProcess jcmd = ChildProcess.start(words, variables, null)) {
      OptionalInt code = jcmd.waitFor(TIMEOUT);
      if (code.isEmpty() || code.getAsInt() != 0) {
        throw new IOException(
            String.join(" ", words) + " failed: " + String.join(" | ", jcmd.output().last(3)));
      }
      return jcmd.output().stdout();
    }
  }
}
