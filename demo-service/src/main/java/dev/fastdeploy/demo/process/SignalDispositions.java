package dev.fastdeploy.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the signals that this process ignores, and restores them for a child. A shell starts its
 * background commands with INT and QUIT ignored (POSIX, XCU 2.11), {@code nohup} with HUP; that is
 * inherited over fork and exec, a JVM leaves it so, and a shell cannot trap what was ignored when
 * it began.
 */
final class SignalDispositions {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String IGNORED = "SigIgn:";

  private enum Inherited {
    HUP(1),
    INT(2),
    QUIT(3);

    private final long bit;

    Inherited(int number) {
      this.bit = 1L << (number - 1);
    }
  }

  private SignalDispositions() {}

  /**
   * Returns the command, changed so that it begins like one that a terminal's shell started. It
   * runs through {@code env} of coreutils 8.31 or later, which becomes the command, and only if
   * something is ignored.
   */
  static List<String> restored(List<String> command) throws IOException {
    return restored(command, Files.readAllLines(STATUS));
  }

  static List<String> restored(List<String> command, List<String> status) {
    long ignored = 0;
    for (String line : status) {
      if (line.startsWith(IGNORED)) {
        ignored = Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16);
      }
    }
    List<String> names = new ArrayList<>();
    for (Inherited signal : Inherited.values()) {
      if ((ignored & signal.bit) != 0) {
        names.add(signal.name());
      }
    }
    if (names.isEmpty()) {
      return command;
    }
    List<String> restored =
        new ArrayList<>(List.of("env", "--default-signal=" + String.join(",", names)));
    restored.addAll(command);
    return restored;
  }
}
