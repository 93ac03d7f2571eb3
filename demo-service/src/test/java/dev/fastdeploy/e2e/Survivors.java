package dev.fastdeploy.e2e;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is to be known of processes that should have ended. */
final class Survivors {

  private static final Duration DUMP = Duration.ofSeconds(20);

  private Survivors() {}

  /** Their command, state and threads, and the last lines of their launcher. */
  static String tell(List<ProcessHandle> processes, LauncherProcess launcher)
      throws InterruptedException {
    StringBuilder told = new StringBuilder("the last lines: ").append(launcher.output().last(20));
    for (ProcessHandle process : processes) {
      if (process.isAlive()) {
        Path proc = Path.of("/proc/" + process.pid());
        told.append("\n").append(read(proc.resolve("cmdline")).replace('\0', ' '));
        told.append("\n").append(read(proc.resolve("status")));
        told.append("\n").append(threads(process));
      }
    }
    return told.toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return gone.toString();
    }
  }

  /** By the jstack of the JDK that runs it, which may be another one's. */
  private static String threads(ProcessHandle process) throws InterruptedException {
    String java = process.info().command().orElse("java");
    List<String> command =
        List.of(Path.of(java).resolveSibling("jstack").toString(), "" + process.pid());
    try (ChildProcess jstack = ChildProcess.start(command, Map.of(), null)) {
      jstack.waitFor(DUMP);
      return String.join("\n", jstack.output().last(200));
    } catch (IOException none) {
      return none.toString();
    }
  }
}
