package dev.fastdeploy.benchmarks.figures;

import java.io.IOException;
import java.util.List;

/** The lines of {@code /proc/PID/smaps_rollup}, and of {@code /proc/PID/status}. */
final class SmapsRollup {

  private SmapsRollup() {}

  /** The figure of the line that begins with a name, in units of 1,024 bytes. */
  static long kilobytes(List<String> lines, String name) throws IOException {
    for (String line : lines) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replaceAll("\\D", ""));
      }
    }
    throw new IOException("smaps_rollup has no line " + name);
  }
}
