package dev.fastdeploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code fastdeploy.jar} may hold: a security team reads it, an application sees its root. */
class FastdeployJarIT {

  static final Path JAR = Path.of("target", "fastdeploy.jar");

  private static final long MEGABYTE = 1024 * 1024;
  private static final List<String> ONLY_FLEETS_NEED =
      List.of("redis/clients/", "software/amazon/awssdk/services/ecs/");

  @TempDir Path home = Path.of("");

  @Test
  void itStaysWithinItsSizeBudget() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(42 * MEGABYTE);
  }

  @Test
  void whatAnInstanceUnpacksStaysWithinItsOwn() throws IOException {
    new Payload(JAR.toAbsolutePath()).open(home.resolve("payload"));

    List<Path> files;
    try (Stream<Path> unpacked = Files.walk(home)) {
      files = unpacked.filter(Files::isRegularFile).toList();
    }
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    assertThat(size).isBetween(20 * MEGABYTE, 34 * MEGABYTE);
    assertThat(files)
        .map(file -> file.getFileName().toString())
        .noneMatch(name -> name.matches("(jedis|ecs)-.*"));
  }

  @Test
  void whatOnlyFleetsNeedIsInAFolderOfItsOwn() throws IOException {
    List<String> offenders = new ArrayList<>();
    List<String> others = new ArrayList<>();
    forEachLibrary(
        (library, name, bytes) -> {
          boolean onlyFleetsNeedIt = ONLY_FLEETS_NEED.stream().anyMatch(name::startsWith);
          if (library.startsWith("payload/") && onlyFleetsNeedIt) {
            offenders.add(name);
          }
          if (library.startsWith("payload-fleet/")
              && name.endsWith(".class")
              && !onlyFleetsNeedIt) {
            others.add(name);
          }
        });
    assertThat(offenders).isEmpty();
    assertThat(others).isEmpty();
    assertThat(entries())
        .filteredOn(name -> name.startsWith("payload-fleet/"))
        .hasSize(ONLY_FLEETS_NEED.size() + 1)
        .contains("payload-fleet/index");
  }

  @Test
  void itsRootHoldsOnlyClassesThatNeedNothingButTheJdk() throws IOException {
    assertThat(entries())
        .filteredOn(name -> !name.matches("payload(-fleet)?/.+"))
        .isNotEmpty()
        .allMatch(
            name ->
                name.equals("META-INF/MANIFEST.MF")
                    || name.matches(
                        "dev/fastdeploy/(contract(/[a-z]+)?|agent|agent/listening(/hook)?|launcher|launcher/supervisor(/[a-z]+)?)/[^/]+\\.class")
                    || name.matches("dev/fastdeploy/contract/descriptors/(x86_64|aarch64)\\.so"))
        .contains(
            "dev/fastdeploy/agent/Premain.class",
            "dev/fastdeploy/launcher/Main.class",
            "dev/fastdeploy/contract/descriptors/x86_64.so",
            "dev/fastdeploy/contract/descriptors/aarch64.so",
            "dev/fastdeploy/launcher/supervisor/Supervisor.class");
  }

  @Test
  void bothPayloadsAreWholeJarsStoredAsTheyAre() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream())
          .filteredOn(entry -> entry.getName().startsWith("payload"))
          .filteredOn(entry -> !entry.getName().matches("payload(-fleet)?/(index|packages)"))
          .isNotEmpty()
          .allMatch(entry -> entry.getName().matches("payload(-fleet)?/[^/]+\\.jar"))
          .allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
    }
  }

  @Test
  void nativesAreForLinuxOnTwoArchitecturesOnly() throws IOException {
    assertThat(payloadEntries())
        .filteredOn(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"))
        .isNotEmpty()
        .allMatch(
            name ->
                name.matches("linux/(amd64|aarch64)/.+")
                    || name.matches("dev/fastdeploy/contract/descriptors/(x86_64|aarch64)\\.so"));
  }

  @Test
  void noClassOfThePayloadRefersToTheApplicationsLogManager() throws IOException {
    List<String> offenders = new ArrayList<>();
    forEachLibrary(
        (library, name, bytes) -> {
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
    forEachLibrary((library, name, bytes) -> names.add(name));
    return names;
  }

  private interface EntryReader {
    void read(String library, String name, byte[] bytes);
  }

  private static void forEachLibrary(EntryReader reader) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (JarEntry library : jar.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        try (InputStream in = jar.getInputStream(library);
            ZipInputStream zip = new ZipInputStream(in)) {
          for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            reader.read(library.getName(), entry.getName(), zip.readAllBytes());
          }
        }
      }
    }
  }
}
