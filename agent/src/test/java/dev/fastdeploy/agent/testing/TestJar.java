package dev.fastdeploy.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A jar that a test puts together. */
public final class TestJar {

  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  public TestJar() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /** A main attribute of the manifest. */
  public TestJar attribute(String name, String value) {
    manifest.getMainAttributes().put(new Attributes.Name(name), value);
    return this;
  }

  /** An attribute of one folder of the jar. */
  public TestJar attribute(String folder, String name, String value) {
    manifest
        .getEntries()
        .computeIfAbsent(folder, key -> new Attributes())
        .put(new Attributes.Name(name), value);
    return this;
  }

  public TestJar text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public TestJar bytes(String name, byte[] bytes) {
    entries.put(name, bytes);
    return this;
  }

  /** An entry of its own for a folder, which not every tool writes. */
  public TestJar folder(String name) {
    return bytes(name + "/", new byte[0]);
  }

  /** A class of the tests. */
  public TestJar type(Class<?> type) {
    return bytes(nameOf(type), bytesOf(type));
  }

  /** Classes of the tests. */
  public TestJar types(List<Class<?>> types) {
    types.forEach(this::type);
    return this;
  }

  /** Where a class lies on a class path. */
  public static String nameOf(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  public static byte[] bytesOf(Class<?> type) {
    try (InputStream in = type.getClassLoader().getResourceAsStream(nameOf(type))) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes it. */
  public Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
