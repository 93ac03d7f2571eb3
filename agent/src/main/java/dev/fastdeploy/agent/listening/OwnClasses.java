package dev.fastdeploy.agent.listening;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class files beside this one, in a jar or a directory. Not by the URL of a resource, for which
 * the JVM would load a dozen classes.
 */
final class OwnClasses {

  private OwnClasses() {}

  /**
   * Returns a class file.
   *
   * @param name of the class, with slashes
   */
  static byte[] file(String name) throws IOException {
    String file = name.concat(".class");
    Path place = place();
    if (Files.isDirectory(place)) {
      return Files.readAllBytes(place.resolve(file));
    }
    try (ZipFile jar = new ZipFile(place.toFile())) {
      ZipEntry entry = jar.getEntry(file);
      if (entry == null) {
        throw new FileNotFoundException("'" + place + "' lacks " + file);
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  private static Path place() throws IOException {
    try {
      return Path.of(OwnClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException notAFile) {
      throw new IOException(notAFile);
    }
  }
}
