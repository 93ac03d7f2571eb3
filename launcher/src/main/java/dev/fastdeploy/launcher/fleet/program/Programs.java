package dev.fastdeploy.launcher.fleet.program;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The programs that this machine has. */
public final class Programs {

  private Programs() {}

  /** Returns whether the system would find a program. */
  public static boolean has(String name) {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String directory : path.split(File.pathSeparator, -1)) {
      try {
        if (Files.isExecutable(Path.of(directory, name))) {
          return true;
        }
      } catch (InvalidPathException ignored) {
        // The system skips it, too.
      }
    }
    return false;
  }

  /**
   * Returns the words before a program that give it a session of its own, so that a terminal's
   * Ctrl-C does not end it. Empty if the machine lacks setsid(1): then the terminal's signals reach
   * the program, and nothing else is lost.
   */
  public static List<String> ownSession() {
    return has("setsid") ? List.of("setsid") : List.of();
  }
}
