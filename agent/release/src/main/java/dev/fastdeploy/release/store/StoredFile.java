package dev.fastdeploy.release.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a store in a directory. */
final class StoredFile {

  private StoredFile() {}

  /**
   * Opens it for reading. A named pipe is not opened, because that would wait until somebody writes
   * to it.
   *
   * @throws java.nio.file.NoSuchFileException if it does not exist
   */
  static InputStream open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("'" + file + "' is not a regular file; remove it and publish again");
    }
    return Files.newInputStream(file);
  }
}
