package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An entry of the class path, in terms of a release.
 *
 * @param path below the release, or absolute if the entry lies outside of it
 * @param allJars whether it stands for all jars of that directory: a wildcard
 */
record ClassPathEntry(Path path, boolean allJars) {

  /** Whether it lies in the release, so that each release has its own. */
  boolean inRelease() {
    return !path.isAbsolute();
  }

  /** The files and directories that it stands for in a release, in order; they need not exist. */
  List<Path> files(Path release) throws IOException {
    Path place = release.resolve(path);
    return allJars ? jars(place) : List.of(place);
  }

  /**
   * The jars of a directory as the launcher finds them, but sorted: its own order is the file
   * system's.
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
