package dev.fastdeploy.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The proportional set size of processes: their memory, of which pages that several share count a
 * part each. Linux only.
 */
public final class Memory {

  private Memory() {}

  /**
   * Megabytes (of a million bytes) that processes hold together; one that is gone counts 0.
   *
   * @throws IOException if the kernel does not tell
   */
  public static double megabytes(Collection<Long> pids) throws IOException {
    long kilobytes = 0;
    for (long pid : pids) {
      Path rollup = Path.of("/proc/" + pid + "/smaps_rollup");
      if (Files.exists(rollup)) {
        kilobytes += SmapsRollup.kilobytes(lines(rollup), "Pss:");
      }
    }
    return kilobytes * 1024 / 1e6;
  }

  private static List<String> lines(Path rollup) throws IOException {
    try {
      return Files.readAllLines(rollup);
    } catch (IOException ended) {
      if (Files.exists(rollup.resolveSibling("smaps"))) {
        throw ended;
      }
      return List.of("Pss: 0 kB");
    }
  }
}
