package dev.fastdeploy.benchmarks.figures;

import java.util.List;

/**
 * The processor time in {@code /proc/PID/stat}, in the kernel's ticks.
 *
 * @param own ticks of the process itself
 * @param ended ticks of those of its children that have ended and been waited for, with theirs
 */
record ProcStat(long own, long ended) {

  /** The name in brackets may contain anything; the fields after it are numbers. */
  static ProcStat parse(String line) {
    List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1));
    return new ProcStat(
        Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12)),
        Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14)));
  }

  long ticks() {
    return own + ended;
  }
}
