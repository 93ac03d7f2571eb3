package dev.fastdeploy.launcher.fleet.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends a program and everything it started: its descendants and, on Linux, processes with its mark
 * in their environment or in its session, since the kernel reparents a process whose parent has
 * gone. Thread-safe.
 */
public final class Leavings {

  private static final Path PROC = Path.of("/proc");
  private static final int MOST_LOOKS = 200;
  private static final long LOOK_AGAIN_MILLIS = 10;

  private final String mark;
  private final List<Process> roots;

  /**
   * Creates the record of what a run may leave.
   *
   * @param mark the environment variable that each of its processes has, as {@code NAME=VALUE}
   * @param roots the processes that were started, in sessions of their own or not
   */
  public Leavings(String mark, List<Process> roots) {
    this.mark = mark;
    this.roots = roots;
  }

  /** Kills until nothing is left, since a process may start another before it is killed. */
  public void end() {
    boolean interrupted = false;
    for (int look = 0; look < MOST_LOOKS; look++) {
      Set<ProcessHandle> found = alive();
      if (found.isEmpty()) {
        break;
      }
      found.forEach(ProcessHandle::destroyForcibly);
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Set<ProcessHandle> alive() {
    Set<ProcessHandle> found = new HashSet<>();
    for (Process root : roots) {
      found.add(root.toHandle());
      root.descendants().forEach(found::add);
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isOurs(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException | DirectoryIteratorException absent) {
      // On other systems only the descendants can be known.
    }
    found.removeIf(process -> !process.isAlive());
    return found;
  }

  private boolean isOurs(Path process) {
    try {
      return isInSession(Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1))
          || isMarked(Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1));
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  private boolean isMarked(String environment) {
    return environment.startsWith(mark + "\0") || environment.contains("\0" + mark + "\0");
  }

  /**
   * Reads the sixth field of proc(5)'s stat, counted after the name, which may contain anything.
   */
  private boolean isInSession(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length < 4 || fields[0].equals("Z")) {
      return false;
    }
    return roots.stream().anyMatch(root -> fields[3].equals(Long.toString(root.pid())));
  }
}
