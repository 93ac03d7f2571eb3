package dev.fastdeploy.agent.reload.redefine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fastdeploy.contract.ReleaseContents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between two directories, outside of classes. */
class ReleaseComparisonTest {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private static byte[] oldClass;
  private static byte[] newClass;

  @TempDir private Path root;
  private Path old;
  private Path newer;

  @BeforeAll
  static void compile(@TempDir Path directory) throws IOException {
    Compiled.into(
        directory.resolve("1"), Map.of("C.java", "package a; class C { int a() { return 1; } }"));
    Compiled.into(
        directory.resolve("2"), Map.of("C.java", "package a; class C { int a() { return 2; } }"));
    oldClass = Files.readAllBytes(directory.resolve("1/a/C.class"));
    newClass = Files.readAllBytes(directory.resolve("2/a/C.class"));
  }

  @BeforeEach
  void create() throws IOException {
    old = Files.createDirectory(root.resolve("old"));
    newer = Files.createDirectory(root.resolve("new"));
  }

  @Test
  void sameReleaseHasNoDifference() throws Exception {
    write(old, "classes/a/C.class", oldClass);
    write(newer, "classes/a/C.class", oldClass);
    write(old, "empty", new byte[0]);
    write(newer, "empty", new byte[0]);

    assertThat(compare()).isEmpty();
    assertThat(ReleaseComparison.compare(old, old)).isEmpty();
  }

  @Test
  void timeOfAFileIsNoDifference() throws Exception {
    write(old, "a.txt", bytes("a"));
    write(newer, "a.txt", bytes("a"));
    Files.setLastModifiedTime(newer.resolve("a.txt"), FileTime.from(Instant.EPOCH));

    assertThat(compare()).isEmpty();
  }

  /** A JVM reads its archive of classes only when it starts. */
  @Test
  void anArchiveIsNoDifference() throws Exception {
    write(old, "classes/a/C.class", oldClass);
    write(newer, "classes/a/C.class", oldClass);
    write(newer, ".fastdeploy/archives/jdk.jsa", bytes("b"));
    assertThat(compare()).isEmpty();

    write(old, ".fastdeploy/archives/jdk.jsa", bytes("a"));
    assertThat(compare()).isEmpty();
  }

  @Test
  void anApplicationsFileBesideArchivesIsOne() throws Exception {
    write(old, "classes/a/C.class", oldClass);
    write(newer, "classes/a/C.class", oldClass);
    write(old, ".fastdeploy/app.properties", bytes("a"));
    write(newer, ".fastdeploy/app.properties", bytes("b"));

    assertRefused("resource '.fastdeploy/app.properties' changed");
  }

  @Test
  void changedResourceIsRefused() throws Exception {
    write(old, "classes/app.properties", bytes("a"));
    write(newer, "classes/app.properties", bytes("b"));

    assertRefused("resource 'classes/app.properties' changed");
  }

  @Test
  void addedAndRemovedResourcesAreRefused() throws Exception {
    write(old, "b.txt", bytes("b"));
    assertRefused("resource 'b.txt' was removed");

    write(newer, "a.txt", bytes("a"));
    assertRefused("resource 'a.txt' was added");
  }

  @Test
  void addedDirectoryIsRefused() throws Exception {
    Files.createDirectory(newer.resolve("plugins"));

    assertRefused("directory 'plugins/' was added");
  }

  @Test
  void addedDependencyIsRefused() throws Exception {
    jar(newer, "b.jar", Map.of("a/C.class", oldClass));

    assertRefused("dependency 'b.jar' was added");
  }

  @Test
  void whatTheServiceHasWrittenIsNoDifference() throws Exception {
    Files.createDirectory(root.resolve("state"));
    Path running = Files.createDirectories(root.resolve("releases/c1"));
    Path staged = Files.createDirectories(root.resolve("releases/c2"));
    for (Path release : List.of(running, staged)) {
      write(release, "lib/a.txt", bytes("a"));
      ReleaseContents.write(release, List.of("lib", "lib/a.txt"));
    }
    write(running, "app.pid", bytes("1"));
    write(running, "tmp/upload", bytes("x"));
    write(running, "lib/data", bytes("x"));

    assertThat(ReleaseComparison.compare(running, staged)).isEmpty();

    write(staged, "lib/b.txt", bytes("b"));
    ReleaseContents.write(staged, List.of("lib", "lib/a.txt", "lib/b.txt"));
    assertThatThrownBy(() -> ReleaseComparison.compare(running, staged))
        .hasMessageContaining("'lib/b.txt' was added");
  }

  @Test
  void changedModeIsRefused() throws Exception {
    write(old, "run.sh", bytes("a"));
    write(newer, "run.sh", bytes("a"));
    Files.setPosixFilePermissions(
        old.resolve("run.sh"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        newer.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertRefused("run.sh: its mode changed from 0644 to 0755");
  }

  @Test
  void changedLinkIsRefused() throws Exception {
    for (Path release : List.of(old, newer)) {
      write(release, "a.txt", bytes("a"));
      write(release, "b.txt", bytes("b"));
    }
    Files.createSymbolicLink(old.resolve("link"), Path.of("a.txt"));
    Files.createSymbolicLink(newer.resolve("link"), Path.of("b.txt"));

    assertRefused("link: the link changed from a.txt to b.txt");
  }

  @Test
  void fileInPlaceOfALinkIsRefused() throws Exception {
    Files.createSymbolicLink(old.resolve("link"), Path.of("a.txt"));
    write(newer, "link", bytes("b"));

    assertRefused("link: it changed from a link to a file");
  }

  @Test
  void changedClassIsFoundInADirectory() throws Exception {
    write(old, "classes/a/C.class", oldClass);
    write(newer, "classes/a/C.class", newClass);

    assertThat(compare())
        .extracting(ChangedClass::name, ChangedClass::file)
        .containsExactly(tuple("a.C", new ClassFile("classes/a/C.class")));
  }

  @Test
  void changedClassIsFoundInAJar() throws Exception {
    jar(old, "lib/app.jar", Map.of("BOOT-INF/classes/a/C.class", oldClass));
    jar(newer, "lib/app.jar", Map.of("BOOT-INF/classes/a/C.class", newClass));

    ClassFile expected = new ClassFile("lib/app.jar", "BOOT-INF/classes/a/C.class");
    assertThat(compare()).extracting(ChangedClass::file).containsExactly(expected);
    assertThat(expected.read(newer)).isEqualTo(newClass);
  }

  @Test
  void orderTimeAndCompressionOfAJarAreNoDifference() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/C.class", oldClass);
    entries.put("a.txt", bytes("a"));
    jar(old, "app.jar", entries);
    Map<String, byte[]> turned = new LinkedHashMap<>();
    turned.put("a.txt", bytes("a"));
    turned.put("a/C.class", oldClass);
    write(newer, "app.jar", zip(turned, 0, 1_000_000_000_000L));

    assertThat(compare()).isEmpty();
  }

  @Test
  void changedResourceOfAJarIsRefused() throws Exception {
    jar(old, "app.jar", Map.of("a.txt", bytes("a"), "a/C.class", oldClass));
    jar(newer, "app.jar", Map.of("a.txt", bytes("b"), "a/C.class", newClass));

    assertRefused("app.jar: resource 'a.txt' changed");
  }

  @Test
  void addedAndRemovedEntriesOfAJarAreRefused() throws Exception {
    jar(old, "app.jar", Map.of("a/C.class", oldClass));
    jar(newer, "app.jar", Map.of("a/C.class", oldClass, "a/D.class", oldClass));
    assertRefused("app.jar: class file 'a/D.class' was added");

    jar(newer, "app.jar", Map.of());
    assertRefused("app.jar: class file 'a/C.class' was removed");
  }

  @Test
  void changedNestedJarIsRefused() throws Exception {
    jar(old, "app.jar", Map.of("BOOT-INF/lib/b.jar", zip(Map.of("a/C.class", oldClass), 9, 0)));
    jar(newer, "app.jar", Map.of("BOOT-INF/lib/b.jar", zip(Map.of("a/C.class", newClass), 9, 0)));

    assertRefused("app.jar: dependency 'BOOT-INF/lib/b.jar' changed");
  }

  @Test
  void changedModuleDescriptorIsRefused() throws Exception {
    jar(old, "app.jar", Map.of("module-info.class", bytes("a")));
    jar(newer, "app.jar", Map.of("module-info.class", bytes("b")));

    assertRefused("app.jar: module descriptor 'module-info.class' changed");
  }

  @Test
  void changedClassInASignedJarIsRefused() throws Exception {
    jar(old, "app.jar", Map.of("META-INF/KEY.RSA", bytes("a"), "a/C.class", oldClass));
    jar(newer, "app.jar", Map.of("META-INF/KEY.RSA", bytes("a"), "a/C.class", newClass));

    assertRefused("app.jar: the jar is signed (META-INF/KEY.RSA) and changed");
  }

  @Test
  void changedClassThatHasVersionsIsRefused() throws Exception {
    String version = "META-INF/versions/17/a/C.class";
    jar(old, "app.jar", Map.of("a/C.class", oldClass, version, oldClass));
    jar(newer, "app.jar", Map.of("a/C.class", newClass, version, oldClass));
    String end = " changed, and the jar has versions of it for several Javas";
    assertRefused("app.jar: class file 'a/C.class'" + end);

    jar(newer, "app.jar", Map.of("a/C.class", oldClass, version, newClass));
    assertRefused("app.jar: class file '" + version + "'" + end);
  }

  @Test
  void manifestMayTellAnotherTimeOfBuild() throws Exception {
    jar(old, "app.jar", manifest("Build-Time: 1\nCreated-By: a\nBuild-Jdk-Spec: 17"));
    jar(newer, "app.jar", manifest("build-time: 2\nCreated-By: b\nBuild-Jdk-Spec: 21"));

    assertThat(compare()).isEmpty();
  }

  @Test
  void changedManifestIsRefused() throws Exception {
    jar(old, "app.jar", manifest("Class-Path: a.jar"));
    jar(newer, "app.jar", manifest("Class-Path: b.jar"));
    assertRefused("app.jar: manifest: attribute Class-Path changed from a.jar to b.jar");

    jar(newer, "app.jar", manifest("Class-Path: a.jar\n\nName: a/\nSealed: true"));
    assertRefused("app.jar: manifest: section 'a/' was added");
  }

  @Test
  void changedFileThatIsNoJarIsRefused() throws Exception {
    write(old, "a.jar", bytes("a"));
    write(newer, "a.jar", bytes("b"));

    assertThatThrownBy(this::compare)
        .isInstanceOf(DifferenceException.class)
        .hasMessageStartingWith("dependency 'a.jar' changed and cannot be read as a jar: ");
  }

  @Test
  void firstDifferenceIsNamed() throws Exception {
    write(newer, "z.txt", bytes("z"));
    write(newer, "b.txt", bytes("b"));
    write(newer, "m.txt", bytes("m"));

    assertRefused("resource 'b.txt' was added");
  }

  private List<ChangedClass> compare() throws Exception {
    return ReleaseComparison.compare(old, newer);
  }

  private void assertRefused(String difference) {
    assertThatThrownBy(this::compare)
        .isInstanceOf(DifferenceException.class)
        .hasMessage(difference);
  }

  private static Map<String, byte[]> manifest(String attributes) {
    return Map.of(MANIFEST, bytes("Manifest-Version: 1.0\n" + attributes + "\n\n"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Path release, String path, byte[] bytes) throws IOException {
    Path file = release.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static void jar(Path release, String path, Map<String, byte[]> entries)
      throws IOException {
    write(release, path, zip(entries, 9, 0));
  }

  private static byte[] zip(Map<String, byte[]> entries, int level, long time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(level);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(time);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
