package dev.fastdeploy.agent.reload.redefine;

import dev.fastdeploy.agent.reload.CodePlace;
import dev.fastdeploy.contract.RealPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The place of a class file, the same in every release.
 *
 * @param file the class file or its jar, relative to the release's directory and separated by
 *     {@code /}
 * @param entry its name in the jar; empty if the file is the class file itself
 */
record ClassFile(String file, String entry) {

  /** Creates the place of a class file in a directory. */
  ClassFile(String file) {
    this(file, "");
  }

  /**
   * Returns the class file of a release that a class was loaded from, or empty if the place is not
   * in the release.
   *
   * @param place where its loader found it
   * @param release the real path of a release's directory
   */
  static Optional<ClassFile> of(String className, CodePlace place, Path release) {
    String inside = className.replace('.', '/') + ".class";
    Path file = RealPath.of(place.isDirectory() ? place.path().resolve(inside) : place.path());
    if (!file.startsWith(release)) {
      return Optional.empty();
    }
    String relative = release.relativize(file).toString();
    if (place.isDirectory()) {
      return Optional.of(new ClassFile(relative));
    }
    String entry = place.inJar().isEmpty() ? inside : place.inJar() + "/" + inside;
    return Optional.of(new ClassFile(relative, entry));
  }

  /** Returns the path of the class file itself, inside its jar if it is in one. */
  String pathOfClass() {
    return entry.isEmpty() ? file : entry;
  }

  /**
   * Returns the contents that a release has there.
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

  /** Returns the bytes of an entry. */
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
