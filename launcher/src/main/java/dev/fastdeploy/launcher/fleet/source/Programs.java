package dev.fastdeploy.launcher.fleet.source;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The programs that this machine has. */
final class Programs {

  private Programs() {}

  /** Whether a program can be found as the system finds it. */
  static boolean has(String name) {
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
        // The system passes over it too.
      }
    }
    return false;
  }
}
