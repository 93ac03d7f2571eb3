package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The place of a class file, the same in every release.
 *
 * @param file the class file or the jar it lies in, relative to the release's directory, by {@code
 *     /}
 * @param entry its name in the jar; empty where the file is the class file
 */
record ClassFile(String file, String entry) {

  /** A class file in a directory. */
  ClassFile(String file) {
    this(file, "");
  }

  /** The path of the class file itself, in its jar where it lies in one. */
  String pathOfClass() {
    return entry.isEmpty() ? file : entry;
  }

  /**
   * What a release has there.
   *
   * @param release the directory of the release
   */
  byte[] read(Path release) throws IOException {
    Path path = release.resolve(file);
    if (entry.isEmpty()) {
      return Files.readAllBytes(path);
    }
    try (ZipFile jar = new ZipFile(path.toFile())) {
      return read(jar, entry);
    }
  }

  /** The bytes of an entry. */
  static byte[] read(ZipFile jar, String entry) throws IOException {
    ZipEntry found = jar.getEntry(entry);
    if (found == null) {
      throw new NoSuchFileException(jar.getName() + "!/" + entry);
    }
    try (InputStream bytes = jar.getInputStream(found)) {
      return bytes.readAllBytes();
    }
  }

  @Override
  public String toString() {
    return entry.isEmpty() ? file : file + "!/" + entry;
  }
}
