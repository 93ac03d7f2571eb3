package dev.fastdeploy.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of a process, in megabytes of a million bytes, from {@code /proc/PID/smaps_rollup}
 * (proc(5)).
 *
 * @param resident the resident set size: all pages in memory, those included that others share
 * @param privateDirty the pages that it alone holds and that no file backs: what it costs whatever
 *     else runs
 */
public record ProcessMemory(double resident, double privateDirty) {

  /**
   * Looks at a process.
   *
   * @throws IOException if it has ended, or the kernel does not tell
   */
  public static ProcessMemory of(long pid) throws IOException {
    return parse(Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")));
  }

  static ProcessMemory parse(List<String> lines) throws IOException {
    return new ProcessMemory(megabytes(lines, "Rss:"), megabytes(lines, "Private_Dirty:"));
  }

  private static double megabytes(List<String> lines, String name) throws IOException {
    return SmapsRollup.kilobytes(lines, name) * 1024 / 1e6;
  }
}
