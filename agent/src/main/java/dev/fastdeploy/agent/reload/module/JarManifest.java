package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * The part of a jar's manifest that concerns how it is run.
 *
 * @param jar the file
 * @param attributes its main attributes; empty without a manifest
 */
record JarManifest(Path jar, Attributes attributes) {

  /** Attributes that the JVM reads only from the first jar that it is started with. */
  private static final List<String> FOR_THE_JVM =
      List.of("Add-Exports", "Add-Opens", "Enable-Native-Access", "Launcher-Agent-Class");

  private static final String SPRING_BOOT_LOADER = "org.springframework.boot.loader.";

  /** Reads it. A file that is not a jar has no attributes, as on any class path. */
  static JarManifest of(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      return new JarManifest(jar, new Attributes());
    }
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      return new JarManifest(
          jar, manifest == null ? new Attributes() : manifest.getMainAttributes());
    } catch (ZipException noJar) {
      return new JarManifest(jar, new Attributes());
    }
  }

  Optional<String> mainClass() {
    return Optional.ofNullable(attributes.getValue(Attributes.Name.MAIN_CLASS)).map(String::strip);
  }

  /**
   * Returns true if Spring Boot's own class loader would run the contents, from jars within the
   * jar.
   */
  static boolean isSpringBootLoader(String mainClass) {
    return mainClass.startsWith(SPRING_BOOT_LOADER);
  }

  /** Returns the attributes that a running JVM ignores. */
  List<String> forTheJvm() {
    List<String> lines = new ArrayList<>();
    for (String name : FOR_THE_JVM) {
      String value = attributes.getValue(name);
      if (value != null) {
        lines.add(name + ": " + value.strip());
      }
    }
    return lines;
  }

  /** Returns the files that the jar adds to the class path. They need not exist. */
  List<Path> classPath() {
    List<Path> files = new ArrayList<>();
    String value = attributes.getValue(Attributes.Name.CLASS_PATH);
    for (String element : value == null ? new String[0] : value.strip().split("\\s+", -1)) {
      file(element).ifPresent(files::add);
    }
    return files;
  }

  private Optional<Path> file(String element) {
    try {
      URI uri = jar.toUri().resolve(new URI(element));
      return "file".equalsIgnoreCase(uri.getScheme())
          ? Optional.of(Path.of(uri).normalize())
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException noUri) {
      return Optional.of(jar.resolveSibling(element).normalize());
    }
  }
}
