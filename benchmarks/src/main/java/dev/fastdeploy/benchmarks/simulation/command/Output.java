package dev.fastdeploy.benchmarks.simulation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes files that a user has named. */
final class Output {

  private Output() {}

  /** Writes a file. */
  interface Writing {
    void write() throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param option by which the user named it
   * @throws IOException if it cannot be written, with a line for the user
   */
  static void write(String option, Path file, Writing writing) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new IOException(
          option + " '" + file + "' cannot be written: make the directory '" + folder + "' first");
    }
    try {
      writing.write();
    } catch (IOException failure) {
      throw new IOException(
          option + " '" + file + "' cannot be written; choose a file that can", failure);
    }
  }
}
