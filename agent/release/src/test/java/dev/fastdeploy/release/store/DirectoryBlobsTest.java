package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryBlobsTest {

  private static final Commit COMMIT = new Commit("abc123");
  private static final String RECORD = "abc123.release.sha256";

  @TempDir Path directory;
  private Path root;
  private PublishedReleases store;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(directory.resolve("store"));
    store = ReleaseStores.open(new StoreLocation(root.toString(), "shop", null, null, false));
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void findsWhatWasPublished(ReleaseFormat format) throws Exception {
    Path archive = archive("content");
    publish(archive, format);

    StoredArchive found = store.find(COMMIT).orElseThrow();
    assertThat(found.format()).isEqualTo(format);
    assertThat(found.size()).isEqualTo(7);
    assertThat(found.sha256()).isEqualTo(Checksum.of(archive).hex());
    try (InputStream content = found.source().open()) {
      assertThat(content.readAllBytes()).asString().isEqualTo("content");
    }
    String name = "abc123" + format.suffix();
    assertThat(names()).containsExactlyInAnyOrder(name, name + ".sha256", RECORD);
    assertThat(root.resolve("shop/" + RECORD))
        .hasContent(
            "# fastdeploy app=shop commit=abc123\n"
                + Checksum.of(archive).hex()
                + "  "
                + name
                + "\n");
    assertThat(root.resolve("shop/" + name + ".sha256"))
        .hasContent(Checksum.of(archive).hex() + "  " + name + "\n");
    assertThat(store.description()).isEqualTo(root + "/shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkfifo", "mkdir"})
  void readsNeitherAPipeNorADirectoryInTheirPlace(String maker) throws Exception {
    publish(archive("content"), ReleaseFormat.TAR_GZ);
    Path archive = root.resolve("shop/abc123.tar.gz");
    StoredArchive found = store.find(COMMIT).orElseThrow();
    replace(archive, maker);
    refused(archive, () -> found.source().open().close());
    Path record = root.resolve("shop").resolve(RECORD);
    replace(record, maker);
    refused(record, () -> store.find(COMMIT));
  }

  private static void replace(Path file, String maker) throws Exception {
    Files.delete(file);
    assertThat(new ProcessBuilder(maker, file.toString()).start().waitFor()).isZero();
  }

  /** In a thread of its own, for a pipe that is opened ends no wait. */
  private static void refused(Path file, Executable read) {
    assertThatThrownBy(() -> assertTimeoutPreemptively(Duration.ofMinutes(1), read))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'" + file + "' is not a regular file; remove it");
  }

  @Test
  void publishesFilesThatOthersMayReadFromATemporaryThatTheyMayNot() throws Exception {
    Path archive = Files.createTempFile(directory, "private", null);
    Files.writeString(archive, "x");
    Path probe = Files.writeString(directory.resolve("probe"), "x");
    publish(archive, ReleaseFormat.TAR_GZ);
    for (String name : names()) {
      assertThat(Files.getPosixFilePermissions(root.resolve("shop").resolve(name)))
          .contains(PosixFilePermission.OWNER_READ)
          .isEqualTo(Files.getPosixFilePermissions(probe));
    }
  }

  @Test
  void findsNothingForACommitThatWasNeverPublished() throws Exception {
    assertThat(store.find(COMMIT)).isEmpty();
    publish(archive("x"), ReleaseFormat.TAR_GZ);
    assertThat(store.find(new Commit("other"))).isEmpty();
  }

  @Test
  void saysThatTheDirectoryIsMissing() throws Exception {
    Files.delete(root);
    assertThatThrownBy(() -> store.find(COMMIT))
        .isInstanceOf(IOException.class)
        .hasMessage("the store '" + root + "' is not a directory; create or mount it");
  }

  @Test
  void neverReplacesACommitNotEvenByTheSameBytes() throws Exception {
    publish(archive("first"), ReleaseFormat.TAR_GZ);
    for (String content : List.of("first", "second")) {
      for (ReleaseFormat format : ReleaseFormat.values()) {
        assertThatThrownBy(() -> publish(archive(content), format))
            .isInstanceOf(FileAlreadyExistsException.class)
            .hasMessageContaining("the commit 'abc123' was published before");
      }
    }
    assertThat(root.resolve("shop/abc123.tar.gz")).hasContent("first");
    assertThat(names()).containsExactly(RECORD, "abc123.tar.gz", "abc123.tar.gz.sha256");
  }

  @Test
  void doesNotTakeAnArchiveWithoutChecksumForPublished() throws Exception {
    publish(archive("x"), ReleaseFormat.TAR_GZ);
    Files.delete(root.resolve("shop/abc123.tar.gz.sha256"));
    Files.delete(root.resolve("shop").resolve(RECORD));
    assertThatThrownBy(() -> store.find(COMMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("abc123.tar.gz' has no checksum")
        .hasMessageContaining("publish it again");
  }

  @Test
  void completesAnInterruptedPublishWithTheSameBytesOnly() throws Exception {
    publish(archive("x"), ReleaseFormat.TAR_GZ);
    Files.delete(root.resolve("shop/abc123.tar.gz.sha256"));
    Files.delete(root.resolve("shop").resolve(RECORD));

    assertThatThrownBy(() -> publish(archive("other"), ReleaseFormat.TAR_GZ))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(root.resolve("shop/abc123.tar.gz.sha256")).doesNotExist();

    publish(archive("x"), ReleaseFormat.TAR_GZ);
    assertThat(store.find(COMMIT)).isPresent();
  }

  @Test
  void refusesAChecksumOfOtherBytesThatIsLeft() throws Exception {
    publish(archive("x"), ReleaseFormat.TAR_GZ);
    Files.delete(root.resolve("shop/abc123.tar.gz"));
    Files.delete(root.resolve("shop").resolve(RECORD));
    assertThat(store.find(COMMIT)).isEmpty();
    assertThatThrownBy(() -> publish(archive("other"), ReleaseFormat.TAR_GZ))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("contains the checksum of other bytes");
  }

  @Test
  void letsOneOfManyPublishersWin() throws Exception {
    int publishers = 8;
    ExecutorService pool = Executors.newFixedThreadPool(publishers);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        Path archive = Files.writeString(directory.resolve("a" + i), "content " + i);
        tries.add(() -> tryToPublish(archive));
      }
      int won = 0;
      for (Future<Boolean> outcome : pool.invokeAll(tries)) {
        won += outcome.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
    assertThat(names()).containsExactly(RECORD, "abc123.tar.gz", "abc123.tar.gz.sha256");
    assertThat(Checksum.of(root.resolve("shop/abc123.tar.gz")).hex())
        .isEqualTo(store.find(COMMIT).orElseThrow().sha256());
  }

  private boolean tryToPublish(Path archive) throws IOException {
    try {
      publish(archive, ReleaseFormat.TAR_GZ);
      return true;
    } catch (FileAlreadyExistsException lost) {
      return false;
    }
  }

  private Path archive(String content) throws IOException {
    return Files.writeString(directory.resolve("archive"), content);
  }

  private void publish(Path archive, ReleaseFormat format) throws IOException {
    store.publish(COMMIT, archive, format, Checksum.of(archive).hex());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("shop"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
