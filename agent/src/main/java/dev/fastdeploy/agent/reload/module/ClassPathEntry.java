package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An entry of the class path, expressed in terms of a release.
 *
 * @param path relative to the release, or absolute if the entry is outside it
 * @param allJars true for a wildcard, which stands for all jars of that directory
 */
record ClassPathEntry(Path path, boolean allJars) {

  /** Returns true if it is in the release, so that each release has its own. */
  boolean inRelease() {
    return !path.isAbsolute();
  }

  /**
   * Returns the files and directories that it stands for in a release, in order. They need not
   * exist.
   */
  List<Path> files(Path release) throws IOException {
    Path place = release.resolve(path);
    return allJars ? jars(place) : List.of(place);
  }

  /**
   * Returns the jars of a directory as the launcher finds them, but sorted: the launcher's order is
   * the file system's.
   */
  static List<Path> jars(Path directory) throws IOException {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{jar,JAR}")) {
        files.forEach(jars::add);
      }
    }
    Collections.sort(jars);
    return jars;
  }

  @Override
  public String toString() {
    return allJars ? path.resolve("*").toString() : path.toString();
  }
}
