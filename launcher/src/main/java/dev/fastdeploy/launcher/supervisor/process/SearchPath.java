package dev.fastdeploy.launcher.supervisor.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where programs are looked for that are given without a path.
 *
 * @param value directories by colon
 */
public record SearchPath(String value) {

  /** This process's own, from which it starts programs itself. */
  public static SearchPath own() {
    return new SearchPath(System.getenv().getOrDefault("PATH", ""));
  }

  /** The same with the directories of the system behind it, which an image may not name. */
  SearchPath withSystem() {
    return new SearchPath(value + ":/bin:/usr/bin");
  }

  /** The file of a program; nothing if there is none. */
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
        // A directory that this locale cannot name holds nothing that could be started.
      }
    }
    return Optional.empty();
  }
}
