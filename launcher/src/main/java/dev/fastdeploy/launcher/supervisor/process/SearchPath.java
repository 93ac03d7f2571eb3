package dev.fastdeploy.launcher.supervisor.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directories that are searched for programs given without a path.
 *
 * @param value colon-separated directories
 */
public record SearchPath(String value) {

  /** Returns this process's own path, from which it starts programs itself. */
  public static SearchPath own() {
    return new SearchPath(System.getenv().getOrDefault("PATH", ""));
  }

  /** Returns a copy followed by the directories of the system, which an image may not name. */
  SearchPath withSystem() {
    return new SearchPath(value + ":/bin:/usr/bin");
  }

  /** Returns the file of a program; empty if there is none. */
  public Optional<Path> find(String program) {
    for (String directory : value.split(":", -1)) {
      if (directory.isEmpty()) {
        continue;
      }
      try {
        Path file = Path.of(directory, program);
        if (Files.isExecutable(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException unreadable) {
        // A directory that this locale cannot name holds no program that could be started.
      }
    }
    return Optional.empty();
  }
}
