package dev.fastdeploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What {@code fastdeploy.jar} may hold: a security team reads it, an application sees its root. */
class FastdeployJarIT {

  private static final Path JAR = Path.of("target", "fastdeploy.jar");

  /** What an instance needs takes 34 MB; the SDK for ECS and Jedis, for fleets, the rest. */
  private static final long BUDGET = 42L * 1024 * 1024;

  @Test
  void itStaysWithinItsSizeBudget() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(BUDGET);
  }

  @Test
  void itsRootHoldsOnlyClassesThatNeedNothingButTheJdk() throws IOException {
    assertThat(entries())
        .filteredOn(name -> !name.startsWith("payload/"))
        .isNotEmpty()
        .allMatch(
            name ->
                name.equals("META-INF/MANIFEST.MF")
                    || name.matches(
                        "dev/fastdeploy/(contract|agent|launcher|launcher/supervisor(/(health|output))?)/[^/]+\\.class"))
        .contains(
            "dev/fastdeploy/agent/Premain.class",
            "dev/fastdeploy/launcher/Main.class",
            "dev/fastdeploy/launcher/supervisor/Supervisor.class");
  }

  @Test
  void thePayloadIsWholeJarsStoredAsTheyAre() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream())
          .filteredOn(entry -> entry.getName().startsWith("payload/"))
          .filteredOn(entry -> !entry.getName().equals("payload/index"))
          .isNotEmpty()
          .allMatch(entry -> entry.getName().matches("payload/[^/]+\\.jar"))
          .allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
    }
  }

  @Test
  void nativesAreForLinuxOnTwoArchitecturesOnly() throws IOException {
    assertThat(payloadEntries())
        .filteredOn(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("linux/amd64/") || name.startsWith("linux/aarch64/"));
  }

  @Test
  void noClassOfThePayloadRefersToTheApplicationsLogManager() throws IOException {
    List<String> offenders = new ArrayList<>();
    forEachPayloadEntry(
        (name, bytes) -> {
          if (name.endsWith(".class")
              && new String(bytes, StandardCharsets.ISO_8859_1).contains("java/util/logging")) {
            offenders.add(name);
          }
        });
    assertThat(offenders).isEmpty();
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }

  private static List<String> payloadEntries() throws IOException {
    List<String> names = new ArrayList<>();
    forEachPayloadEntry((name, bytes) -> names.add(name));
    return names;
  }

  private interface EntryReader {
    void read(String name, byte[] bytes);
  }

  private static void forEachPayloadEntry(EntryReader reader) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry library : jar.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        try (InputStream in = jar.getInputStream(library);
            ZipInputStream zip = new ZipInputStream(in)) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            reader.read(entry.getName(), zip.readAllBytes());
          }
        }
      }
    }
  }
}
