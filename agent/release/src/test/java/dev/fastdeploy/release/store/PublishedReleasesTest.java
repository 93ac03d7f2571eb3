package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One commit has one archive, whatever lies in the store beside it. */
class PublishedReleasesTest {

  private static final Commit COMMIT = new Commit("c1");

  @TempDir private Path directory;
  private final Memory blobs = new Memory();
  private final PublishedReleases releases = releasesOf("shop");

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void whatAnEarlierVersionPublishedIsFound(ReleaseFormat format) throws IOException {
    String name = "c1" + format.suffix();
    blobs.put(name, "content");
    blobs.put(name + ".sha256", digest("content") + "  " + name + "\n");

    StoredArchive found = releases.find(COMMIT).orElseThrow();

    assertThat(found.format()).isEqualTo(format);
    assertThat(found.sha256()).isEqualTo(digest("content"));
    for (ReleaseFormat any : ReleaseFormat.values()) {
      assertThatThrownBy(() -> publish("content", any))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(blobs.contents).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void anArchiveOfTheOtherKindBesideIsAnError(ReleaseFormat format) throws IOException {
    publish("content", format);
    for (ReleaseFormat other : ReleaseFormat.values()) {
      blobs.contents.putIfAbsent("c1" + other.suffix(), "other".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> releases.find(COMMIT))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UnfinishedPublicationException.class)
        .hasMessageContaining("'c1.tar.gz' and 'c1.tar.zst' both exist")
        .hasMessageContaining("; c1" + format.suffix() + " is the published one: remove the other");
    blobs.contents.remove("c1.release.sha256");
    assertThatThrownBy(() -> releases.find(COMMIT))
        .hasMessageContaining("find out which one was published, and remove the other");
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void aCommitIsNotPublishedInTheOtherFormat(ReleaseFormat format) throws IOException {
    publish("content", format);
    Map<String, byte[]> before = new TreeMap<>(blobs.contents);

    for (ReleaseFormat any : ReleaseFormat.values()) {
      assertThatThrownBy(() -> publish("content", any))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("'c1" + format.suffix() + "'");
    }
    assertThat(blobs.contents).isEqualTo(before);
  }

  @Test
  void theLoserOfARaceBetweenTheFormatsTakesBackWhatItPut() throws IOException {
    blobs.beforeRecord =
        () -> {
          blobs.beforeRecord = () -> {};
          blobs.hidden = "c1.tar.zst";
          publish("gz", ReleaseFormat.TAR_GZ);
          blobs.hidden = "";
        };

    assertThatThrownBy(() -> publish("zst", ReleaseFormat.TAR_ZST))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(blobs.contents)
        .containsOnlyKeys("c1.release.sha256", "c1.tar.gz", "c1.tar.gz.sha256");
    assertThat(releases.find(COMMIT).orElseThrow().sha256()).isEqualTo(digest("gz"));
  }

  @Test
  void anInterruptedPublicationIsCompletedByTheSameBytes() throws IOException {
    publish("content", ReleaseFormat.TAR_GZ);
    Map<String, byte[]> complete = new TreeMap<>(blobs.contents);
    blobs.contents.keySet().retainAll(Set.of("c1.tar.gz"));
    assertThatThrownBy(() -> releases.find(COMMIT))
        .isInstanceOf(UnfinishedPublicationException.class)
        .hasMessageContaining("publish it again");
    assertThatThrownBy(() -> publish("other", ReleaseFormat.TAR_GZ))
        .isInstanceOf(FileAlreadyExistsException.class);
    publish("content", ReleaseFormat.TAR_GZ);
    assertThat(blobs.contents).containsOnlyKeys(complete.keySet());
    blobs.contents.remove("c1.tar.gz");
    assertThatThrownBy(() -> releases.find(COMMIT))
        .isInstanceOf(UnfinishedPublicationException.class)
        .hasMessageContaining("'c1.tar.gz' is named by the record of 'c1' but is missing");
    assertThatThrownBy(() -> publish("other", ReleaseFormat.TAR_GZ))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(blobs.contents).doesNotContainKey("c1.tar.gz");
    publish("content", ReleaseFormat.TAR_GZ);
    assertThat(releases.find(COMMIT)).isPresent();
  }

  @Test
  void theRecordOfAnotherApplicationOrCommitIsRefused() throws IOException {
    publish("content", ReleaseFormat.TAR_GZ);

    assertThatThrownBy(() -> releasesOf("warehouse").find(COMMIT))
        .hasMessageContaining("'c1' of the application 'shop'")
        .hasMessageContaining("'c1' of 'warehouse'");
    blobs.contents.put("c2.release.sha256", blobs.contents.get("c1.release.sha256"));
    blobs.put("c2.tar.gz", "content");
    assertThatThrownBy(() -> releases.find(new Commit("c2")))
        .hasMessageContaining("is the record of 'c1'");
    blobs.put(
        "c3.release.sha256",
        "# fastdeploy app=shop commit=c3\n" + digest("content") + "  c1.tar.gz\n");
    assertThatThrownBy(() -> releases.find(new Commit("c3")))
        .hasMessageContaining("'c1.tar.gz', which does not belong to 'c3'");
    String whole = "# fastdeploy app=shop commit=c4\n" + digest("content") + "  c4.tar.gz\n";
    for (String broken :
        new String[] {
          "",
          "x",
          "# fastdeploy app=shop commit=c4\n12  c4.tar.gz",
          whole.substring(0, whole.length() - 1),
          whole + whole,
          whole + "\n",
          "\n" + whole,
          whole.replace("\n", "\r\n")
        }) {
      blobs.put("c4.release.sha256", broken);
      assertThatThrownBy(() -> releases.find(new Commit("c4")))
          .hasMessageContaining("is not the record of a release");
    }
  }

  private PublishedReleases releasesOf(String app) {
    return new PublishedReleases(app, "memory/" + app, blobs);
  }

  private void publish(String content, ReleaseFormat format) throws IOException {
    Path archive = Files.writeString(directory.resolve("archive-" + format), content);
    releases.publish(COMMIT, archive, format, Checksum.of(archive).hex());
  }

  private static String digest(String content) throws IOException {
    return Checksum.of(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))).hex();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Blobs of which one may be hidden, and where something may happen before a record is put. */
  private static final class Memory extends MemoryBlobs {

    private Step beforeRecord = () -> {};
    private String hidden = "";

    @Override
    Optional<byte[]> content(String name) {
      return name.equals(hidden) ? Optional.empty() : super.content(name);
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) throws IOException {
      if (name.endsWith(PublicationRecord.SUFFIX)) {
        beforeRecord.run();
      }
      return super.putIfAbsent(name, content);
    }
  }
}
