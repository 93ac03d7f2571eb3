package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadTest {

  /** Its one library has files at its root alone. */
  private static final byte[] PACKAGES = "/ 0\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void theApplicationsClassesAreNotSeenFromIt() throws Exception {
    ClassLoader loader = new Payload(jarWith("hello")).open(directory.resolve("unpacked"));

    assertThat(
            new String(loader.getResourceAsStream("text").readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("hello");
    assertThat(loader.getParent()).isSameAs(ClassLoader.getPlatformClassLoader());
    assertThatThrownBy(() -> loader.loadClass("org.junit.jupiter.api.Test"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void itIsUnpackedOnceForItsOwnerAlone() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);
    Path library = only(only(unpacked));
    Object inode = Files.getAttribute(library, "unix:ino");

    payload.open(unpacked);

    assertThat(Files.getAttribute(only(only(unpacked)), "unix:ino")).isEqualTo(inode);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)))
        .isEqualTo("rwx------");
  }

  @Test
  void aTruncatedLibraryIsUnpackedAgain() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);
    Files.write(only(only(unpacked)), new byte[1]);

    ClassLoader loader = payload.open(unpacked);

    assertThat(loader.getResource("text")).isNotNull();
  }

  @Test
  void aLibraryOfTheRightSizeAndTheWrongBytesIsUnpackedAgain() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);
    Path library = only(only(unpacked));
    awaitTrusted(payload, unpacked);
    Files.write(library, new byte[(int) Files.size(library)]);

    assertThat(payload.open(unpacked).getResource("text")).isNotNull();
  }

  @Test
  void aLibraryThatIsChangedRightAfterItWasUnpackedIsUnpackedAgain() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);
    payload.open(unpacked);
    Path library = only(only(unpacked));
    FileTime modified = Files.getLastModifiedTime(library);
    Files.write(library, new byte[(int) Files.size(library)]);
    Files.setLastModifiedTime(library, modified);

    assertThat(payload.open(unpacked).getResource("text")).isNotNull();
  }

  @Test
  void aLibraryThatSomebodyElseMayWriteIsUnpackedAgain() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);
    Path library = only(only(unpacked));
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rw-rw----"));

    payload.open(unpacked);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
        .isEqualTo("rw-------");
  }

  @Test
  void whatNobodyTouchedIsReadOnce() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);

    awaitTrusted(payload, unpacked);
    FileTime looked = Files.getLastModifiedTime(record(unpacked));
    payload.open(unpacked);

    assertThat(Files.getLastModifiedTime(record(unpacked))).isEqualTo(looked);
  }

  @Test
  void aCompletePayloadInADirectoryThatOthersMayWriteIsRefused() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    Payload payload = new Payload(jarWith("hello"));
    payload.open(unpacked);
    Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxrwx---"));

    assertThatThrownBy(() -> payload.open(unpacked)).hasMessageContaining("--payload-dir");
  }

  @Test
  void aDirectoryThatDependsOnTheWorkingDirectoryIsRefused() throws Exception {
    Payload payload = new Payload(jarWith("hello"));

    assertThatThrownBy(() -> payload.open(Path.of("?", ".cache")))
        .hasMessage(
            "--payload-dir '?/.cache' depends on the working directory; name an absolute path");
    assertThat(Path.of("?")).doesNotExist();
  }

  @Test
  void theJdksClassesAreSeenAndWhatTheApplicationsLoaderHasIsNot() throws Exception {
    ClassLoader loader = new Payload(jarWith("hello")).open(directory.resolve("unpacked"));

    assertThat(loader.loadClass("java.util.List")).isSameAs(List.class);
    assertThat(loader.loadClass("javax.xml.parsers.SAXParser")).isNotNull();
    assertThat(loader.getResource("java/lang/Object.class")).isNotNull();
    // A module of the JDK, but the system loader's.
    assertThatThrownBy(() -> loader.loadClass("com.sun.tools.javac.Main"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  /** Libraries that were just unpacked are looked at again until they are old enough. */
  private static void awaitTrusted(Payload payload, Path unpacked) {
    Awaitility.await("a record of what was verified")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              payload.open(unpacked);
              return Files.exists(record(unpacked));
            });
  }

  private static Path record(Path unpacked) throws IOException {
    return only(unpacked).resolve("verified");
  }

  @Test
  void anotherVersionsPayloadIsRemoved() throws Exception {
    Path unpacked = directory.resolve("unpacked");
    new Payload(jarWith("old")).open(unpacked);
    Payload latest = new Payload(jarWith("new"));
    latest.open(unpacked);

    latest.removeOthers(unpacked);

    assertThat(only(unpacked)).isDirectory();
  }

  @Test
  void aLibraryThatDoesNotMatchTheIndexIsRefusedAndNothingIsLeft() throws Exception {
    Path jar = jar(library("hello"), "0".repeat(64));

    assertThatThrownBy(() -> new Payload(jar).open(directory.resolve("unpacked")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    try (Stream<Path> left = Files.list(directory.resolve("unpacked"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aDirectoryThatOthersMayWriteIsRefused() throws Exception {
    Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
    Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> new Payload(jarWith("hello")).open(unpacked))
        .hasMessageContaining("--payload-dir");
  }

  @Test
  void aJarWithoutPayloadIsToldApart() throws Exception {
    Path jar = directory.resolve("other.jar");
    Files.write(jar, library("x"));

    assertThatThrownBy(() -> new Payload(jar).open(directory.resolve("unpacked")))
        .hasMessageContaining("it is not fastdeploy.jar");
  }

  @Test
  void whatOnlyFleetsNeedIsUnpackedWhenItIsAskedForAndBesideAHome() throws Exception {
    Path home = directory.resolve("unpacked");
    Path cache = directory.resolve("cache");
    ClassLoader loader = new Payload(jarWithFleets("hello")).open(home, () -> cache);
    assertThat(loader.getResource("fleet")).isNull();
    assertThat(loader.getResource("text")).isNotNull();

    assertThat(needFleets(loader)).isEqualTo(true);

    assertThat(text(loader, "fleet")).isEqualTo("hello");
    assertThat(loader.getResource("fleet").getPath()).startsWith("file:" + cache.toRealPath());
    assertThat(only(only(home)).getFileName()).hasToString("library.jar");
    assertThat(only(only(cache)).getFileName()).hasToString("fleet.jar");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
    assertThat(needFleets(loader)).isEqualTo(false);
  }

  @Test
  void whatOnlyFleetsNeedIsVerifiedAsTheRestIs() throws Exception {
    Path cache = directory.resolve("cache");
    Payload payload = new Payload(jarWithFleets("hello"));
    needFleets(payload.open(directory.resolve("unpacked"), () -> cache));
    Path library = only(only(cache));
    Files.write(library, new byte[(int) Files.size(library)]);

    ClassLoader loader = payload.open(directory.resolve("unpacked"), () -> cache);
    needFleets(loader);

    assertThat(text(loader, "fleet")).isEqualTo("hello");
  }

  @Test
  void whatFailsWhenItIsAskedForIsToldAndCanBeAskedForAgain() throws Exception {
    Path cache = Files.createFile(directory.resolve("cache"));
    ClassLoader loader =
        new Payload(jarWithFleets("hello")).open(directory.resolve("unpacked"), () -> cache);
    assertThatThrownBy(() -> needFleets(loader))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(cache.toString());
    Files.delete(cache);

    assertThat(needFleets(loader)).isEqualTo(true);
  }

  @Test
  void aHomeKeepsWhatAnInstanceNeedsAlone() throws Exception {
    Path home = directory.resolve("unpacked");
    Payload payload = new Payload(jarWithFleets("hello"));
    needFleets(payload.open(home));

    payload.removeOthers(home);

    assertThat(only(only(home)).getFileName()).hasToString("library.jar");
  }

  /** The loader is a type of the JDK's for this, so that both sides can name it. */
  private static Object needFleets(ClassLoader loader) throws Exception {
    return ((Callable<?>) loader).call();
  }

  private static String text(ClassLoader loader, String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path jarWithFleets(String text) throws Exception {
    Path jar = Files.createTempFile(directory, "fastdeploy", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      putFolder(zip, "payload/", "library.jar", library("text", text));
      putFolder(zip, "payload-fleet/", "fleet.jar", library("fleet", text));
    }
    return jar;
  }

  private static void putFolder(ZipOutputStream zip, String folder, String name, byte[] library)
      throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(library));
    put(zip, folder + name, library);
    put(zip, folder + "packages", PACKAGES);
    put(
        zip,
        folder + "index",
        (digest + " " + library.length + " " + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path jarWith(String text) throws Exception {
    byte[] library = library(text);
    return jar(
        library, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(library)));
  }

  private Path jar(byte[] library, String digest) throws IOException {
    Path jar = Files.createTempFile(directory, "fastdeploy", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "payload/library.jar", library);
      put(zip, "payload/packages", PACKAGES);
      put(
          zip,
          "payload/index",
          (digest + " " + library.length + " library.jar\n").getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static byte[] library(String text) throws IOException {
    return library("text", text);
  }

  private static byte[] library(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, name, text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static Path only(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> all = entries.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
