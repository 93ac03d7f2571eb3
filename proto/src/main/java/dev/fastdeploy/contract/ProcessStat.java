package dev.fastdeploy.contract;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A process as the kernel describes it in {@code /proc/PID/stat} (proc(5)).
 *
 * @param name the program's name, 15 bytes at most; may hold any character
 * @param state one letter
 * @param parent the parent's pid; 0 for a process that the container's init did not start
 * @param group the process group
 * @param session the session
 * @param threads the number of threads; the first one, once ended, counts until the process has
 *     ended
 * @param startedTicks its start, in clock ticks since boot: a pid alone may be another process's,
 *     and a time of day changes when the clock is set
 */
public record ProcessStat(
    long pid,
    String name,
    char state,
    long parent,
    long group,
    long session,
    long threads,
    long startedTicks) {

  private static final int LONGEST = 1024;

  /** The number of the first field after the name: the state is field 3. */
  private static final int STATE = 3;

  private static final int THREADS = 20;
  private static final int START_TIME = 22;

  /** Returns the description of a process; empty if there is none. */
  public static Optional<ProcessStat> of(long pid) {
    // A plain stream: this is read for each process of the machine between two services.
    try (InputStream file = new FileInputStream("/proc/" + pid + "/stat")) {
      return parse(pid, new String(file.readNBytes(LONGEST), StandardCharsets.UTF_8));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  static Optional<ProcessStat> parse(long pid, String stat) {
    // The name in parentheses may itself contain parentheses; what follows it may not.
    int begin = stat.indexOf('(');
    int end = stat.lastIndexOf(')');
    if (begin < 0 || end < begin || end + 2 >= stat.length()) {
      return Optional.empty();
    }
    String[] fields = stat.substring(end + 2).split(" ", -1);
    if (fields.length <= START_TIME - STATE || fields[0].length() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(
              pid,
              stat.substring(begin + 1, end),
              fields[0].charAt(0),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[THREADS - STATE]),
              Long.parseLong(fields[START_TIME - STATE])));
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Returns true if it has ended and only its parent has not reaped it. A process whose first
   * thread alone has ended looks the same, but has other threads, and all its sockets.
   */
  public boolean ended() {
    return (state == 'Z' || state == 'X') && threads <= 1;
  }
}
