package dev.fastdeploy.benchmarks.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * The processor time of processes, those included that they started and that have ended: the kernel
 * adds a process's time to its parent's once the parent has waited for it. So the sum over all that
 * live counts each process that ever was exactly once. Linux only.
 */
public final class ProcessorTime {

  /** Linux has told user space of a hundredth of a second on every platform for decades. */
  private static final double TICKS_A_SECOND = 100;

  private ProcessorTime() {}

  /** Seconds that processes and their ended descendants have used; one that is gone counts 0. */
  public static double seconds(Collection<Long> pids) {
    return pids.stream().mapToLong(ProcessorTime::ticks).sum() / TICKS_A_SECOND;
  }

  /** Seconds that a process itself has used; 0 if it is gone. */
  public static double secondsOf(long pid) {
    return stat(pid).own() / TICKS_A_SECOND;
  }

  /** Seconds of those that a process has started and that have ended. */
  public static double secondsOfEndedChildren(long pid) {
    return stat(pid).ended() / TICKS_A_SECOND;
  }

  /** Seconds of this process's own children that have ended. */
  public static double secondsOfEndedChildren() {
    return secondsOfEndedChildren(ProcessHandle.current().pid());
  }

  private static long ticks(long pid) {
    return stat(pid).ticks();
  }

  private static ProcStat stat(long pid) {
    try {
      return ProcStat.parse(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (IOException gone) {
      return new ProcStat(0, 0);
    }
  }
}
