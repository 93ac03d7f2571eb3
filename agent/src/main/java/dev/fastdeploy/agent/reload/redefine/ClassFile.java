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
 * @param file the class file or the jar it lies in, relative to the release's directory, by {@code
 *     /}
 * @param entry its name in the jar; empty where the file is the class file
 */
record ClassFile(String file, String entry) {

  /** A class file in a directory. */
  ClassFile(String file) {
    this(file, "");
  }

  /**
   * The one of a release that a class was loaded from.
   *
   * @param place where its loader found it
   * @param release the real path of a release's directory
   * @return nothing if the place is not in the release
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
