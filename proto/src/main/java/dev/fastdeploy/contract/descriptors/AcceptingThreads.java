package dev.fastdeploy.contract.descriptors;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The threads of this process that are blocked in accept(2). Such a thread goes on waiting on what
 * its descriptor stood for when it began, also once that is replaced; a signal lets it look again.
 */
public final class AcceptingThreads {

  /**
   * The signal by which the JDK itself wakes threads in system calls, SIGRTMAX - 2 ({@code
   * NativeThread.c}). Its handler does nothing.
   */
  private static final int WAKEUP = 62;

  private static final Path TASKS = Path.of("/proc/self/task");

  private final Calls calls;
  private final Machine machine;

  AcceptingThreads(Calls calls) {
    this.calls = calls;
    this.machine = calls.machine();
  }

  /**
   * Wakes those that accept on a descriptor.
   *
   * @return how many were woken; none where the kernel does not show what threads do, or where this
   *     JVM does not catch the signal, which would end it
   */
  public int wake(int listener) {
    int woken = 0;
    try {
      if (!isCaught()) {
        return 0;
      }
      try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
        for (Path task : tasks) {
          if (accepts(task, listener)) {
            long thread = Long.parseLong(task.getFileName().toString());
            long result =
                calls.attempt(
                    machine.tgkill(), ProcessHandle.current().pid(), thread, WAKEUP, 0, 0);
            woken += result == 0 ? 1 : 0;
          }
        }
      }
    } catch (IOException | NumberFormatException notShown) {
      return woken;
    }
    return woken;
  }

  private static boolean isCaught() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("SigCgt:")) {
        long caught = Long.parseUnsignedLong(line.substring(7).strip(), 16);
        return (caught >> (WAKEUP - 1) & 1) == 1;
      }
    }
    return false;
  }

  /** The file has the number of the system call and its arguments (proc(5)). */
  private boolean accepts(Path task, int listener) {
    try {
      List<String> lines = Files.readAllLines(task.resolve("syscall"));
      String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
      return words.length > 1
          && (words[0].equals("" + machine.accept()) || words[0].equals("" + machine.accept4()))
          && Long.decode(words[1]) == listener;
    } catch (IOException | NumberFormatException endedOrRunning) {
      return false;
    }
  }
}
