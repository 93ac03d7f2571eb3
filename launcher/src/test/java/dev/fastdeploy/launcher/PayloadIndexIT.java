package dev.fastdeploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Payload;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index by which the payload's loader opens a library; what it does not name is not found. */
class PayloadIndexIT {

  @TempDir Path folder;

  @Test
  void everyEntryOfEveryLibraryIsFoundByALoaderThatHasOpenedNothingElse() throws IOException {
    Payload payload = new Payload(FastdeployJarIT.JAR);
    close(payload.open(folder));
    List<Path> libraries = libraries();
    assertThat(libraries).hasSizeGreaterThan(50);
    for (Path library : libraries) {
      ClassLoader loader = payload.open(folder);
      List<String> missing = new ArrayList<>();
      for (String entry : entries(library)) {
        List<URL> found = Collections.list(loader.getResources(entry));
        if (found.stream().noneMatch(url -> url.toString().contains("/" + library.getFileName()))) {
          missing.add(entry);
        }
      }
      close(loader);
      assertThat(missing).as("not found in " + library.getFileName()).isEmpty();
    }
  }

  private List<Path> libraries() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  /** Without what a JDK finds by the usual name. */
  private static List<String> entries(Path library) throws IOException {
    try (ZipFile zip = new ZipFile(library.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> !name.startsWith("META-INF/versions/"))
          .toList();
    }
  }

  private static void close(ClassLoader loader) throws IOException {
    ((URLClassLoader) loader).close();
  }
}
