package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.ProcessStat;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes that live at one moment, according to {@code /proc}. */
public final class ProcessTable {

  private static final File PROC = new File("/proc");

  private final Map<Long, ProcessStat> processes;

  public ProcessTable(List<ProcessStat> living) {
    processes = new HashMap<>();
    for (ProcessStat process : living) {
      processes.put(process.pid(), process);
    }
  }

  /** Returns the processes that live now. */
  public static ProcessTable now() {
    List<ProcessStat> living = new ArrayList<>();
    String[] names = PROC.list();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        ProcessStat.of(Long.parseLong(name)).filter(stat -> !stat.ended()).ifPresent(living::add);
      }
    }
    return new ProcessTable(living);
  }

  /** Returns all of them, in no order. */
  public Iterable<ProcessStat> all() {
    return processes.values();
  }

  /** Returns the one with an id; null if there is none. */
  public @Nullable ProcessStat get(long pid) {
    return processes.get(pid);
  }

  /** Returns true if a process still lives, and its id has not gone to another. */
  public boolean has(ProcessStat process) {
    ProcessStat now = processes.get(process.pid());
    return now != null && now.startedTicks() == process.startedTicks();
  }

  /** Returns the descendants of a process. */
  public List<ProcessStat> descendants(long ancestor) {
    List<ProcessStat> found = new ArrayList<>();
    for (ProcessStat process : all()) {
      if (process.pid() != ancestor && descends(process, ancestor)) {
        found.add(process);
      }
    }
    return found;
  }

  private boolean descends(ProcessStat process, long ancestor) {
    ProcessStat at = process;
    // A table that was read while processes came and went might hold a cycle.
    for (int steps = 0; at != null && steps <= processes.size(); steps++) {
      if (at.parent() == ancestor) {
        return true;
      }
      at = processes.get(at.parent());
    }
    return false;
  }

  /**
   * Returns true if the environment that a process was started with has a variable with a value.
   *
   * @param assignment {@code NAME=VALUE}
   * @return false if the environment may not be read, too
   */
  public static boolean wasStartedWith(long pid, String assignment) {
    byte[] wanted = assignment.getBytes(StandardCharsets.UTF_8);
    try (InputStream environment =
        new BufferedInputStream(new FileInputStream("/proc/" + pid + "/environ"), 4096)) {
      int matched = 0;
      while (true) {
        int next = environment.read();
        if (next <= 0) {
          if (matched == wanted.length) {
            return true;
          }
          if (next < 0) {
            return false;
          }
          matched = 0;
        } else if (matched >= 0) {
          matched = matched < wanted.length && wanted[matched] == (byte) next ? matched + 1 : -1;
        }
      }
    } catch (IOException goneOrForeign) {
      return false;
    }
  }
}
