package dev.fastdeploy.benchmarks.simulation.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that a user has named. */
final class Input {

  private Input() {}

  /**
   * A file's text.
   *
   * @param option by which the user named it
   * @throws IOException if it cannot be read, with a line for the user
   */
  static String text(String option, Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new IOException(
          option + " '" + file + "' cannot be read; name a text file that exists", failure);
    }
  }
}
