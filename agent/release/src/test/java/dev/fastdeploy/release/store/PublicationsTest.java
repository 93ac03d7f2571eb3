package dev.fastdeploy.release.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.ReleaseStore.StoredArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
class PublicationsTest {

  private static final Commit COMMIT = new Commit("c1");

  @TempDir private Path directory;
  private final Memory objects = new Memory();
  private final Publications publications = new Publications("shop", objects);

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void whatAnEarlierVersionPublishedIsFound(ReleaseFormat format) throws IOException {
    String name = "c1" + format.suffix();
    objects.put(name, "content");
    objects.put(name + ".sha256", digest("content") + "  " + name + "\n");

    StoredArchive found = publications.find(COMMIT).orElseThrow();

    assertThat(found.format()).isEqualTo(format);
    assertThat(found.sha256()).isEqualTo(digest("content"));
    for (ReleaseFormat any : ReleaseFormat.values()) {
      assertThatThrownBy(() -> publish("content", any))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(objects.contents).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void anArchiveOfTheOtherKindBesideIsAnError(ReleaseFormat format) throws IOException {
    publish("content", format);
    for (ReleaseFormat other : ReleaseFormat.values()) {
      objects.contents.putIfAbsent("c1" + other.suffix(), "other".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> publications.find(COMMIT))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UnfinishedPublicationException.class)
        .hasMessageContaining("'c1.tar.gz' and 'c1.tar.zst' both exist")
        .hasMessageContaining("; c1" + format.suffix() + " is the published one: remove the other");
    objects.contents.remove("c1.release.sha256");
    assertThatThrownBy(() -> publications.find(COMMIT))
        .hasMessageContaining("find out which one was published, and remove the other");
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void aCommitIsNotPublishedInTheOtherFormat(ReleaseFormat format) throws IOException {
    publish("content", format);
    Map<String, byte[]> before = new TreeMap<>(objects.contents);

    for (ReleaseFormat any : ReleaseFormat.values()) {
      assertThatThrownBy(() -> publish("content", any))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("'c1" + format.suffix() + "'");
    }
    assertThat(objects.contents).isEqualTo(before);
  }

  @Test
  void theLoserOfARaceBetweenTheFormatsTakesBackWhatItPut() throws IOException {
    objects.beforeRecord =
        () -> {
          objects.beforeRecord = () -> {};
          objects.hidden = "c1.tar.zst";
          publish("gz", ReleaseFormat.TAR_GZ);
          objects.hidden = "";
        };

    assertThatThrownBy(() -> publish("zst", ReleaseFormat.TAR_ZST))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(objects.contents)
        .containsOnlyKeys("c1.release.sha256", "c1.tar.gz", "c1.tar.gz.sha256");
    assertThat(publications.find(COMMIT).orElseThrow().sha256()).isEqualTo(digest("gz"));
  }

  @Test
  void anInterruptedPublicationIsCompletedByTheSameBytes() throws IOException {
    publish("content", ReleaseFormat.TAR_GZ);
    Map<String, byte[]> complete = new TreeMap<>(objects.contents);
    objects.contents.keySet().retainAll(Set.of("c1.tar.gz"));
    assertThatThrownBy(() -> publications.find(COMMIT))
        .isInstanceOf(UnfinishedPublicationException.class)
        .hasMessageContaining("publish it again");
    assertThatThrownBy(() -> publish("other", ReleaseFormat.TAR_GZ))
        .isInstanceOf(FileAlreadyExistsException.class);
    publish("content", ReleaseFormat.TAR_GZ);
    assertThat(objects.contents).containsOnlyKeys(complete.keySet());
    objects.contents.remove("c1.tar.gz");
    assertThatThrownBy(() -> publications.find(COMMIT))
        .isInstanceOf(UnfinishedPublicationException.class)
        .hasMessageContaining("'c1.tar.gz' is named by the record of 'c1' but is missing");
    assertThatThrownBy(() -> publish("other", ReleaseFormat.TAR_GZ))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(objects.contents).doesNotContainKey("c1.tar.gz");
    publish("content", ReleaseFormat.TAR_GZ);
    assertThat(publications.find(COMMIT)).isPresent();
  }

  @Test
  void theRecordOfAnotherApplicationOrCommitIsRefused() throws IOException {
    publish("content", ReleaseFormat.TAR_GZ);

    assertThatThrownBy(() -> new Publications("warehouse", objects).find(COMMIT))
        .hasMessageContaining("'c1' of the application 'shop'")
        .hasMessageContaining("'c1' of 'warehouse'");
    objects.contents.put("c2.release.sha256", objects.contents.get("c1.release.sha256"));
    objects.put("c2.tar.gz", "content");
    assertThatThrownBy(() -> publications.find(new Commit("c2")))
        .hasMessageContaining("is the record of 'c1'");
    objects.put(
        "c3.release.sha256",
        "# fastdeploy app=shop commit=c3\n" + digest("content") + "  c1.tar.gz\n");
    assertThatThrownBy(() -> publications.find(new Commit("c3")))
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
      objects.put("c4.release.sha256", broken);
      assertThatThrownBy(() -> publications.find(new Commit("c4")))
          .hasMessageContaining("is not the record of a release");
    }
  }

  private void publish(String content, ReleaseFormat format) throws IOException {
    Path archive = Files.writeString(directory.resolve("archive-" + format), content);
    publications.publish(COMMIT, archive, format, Checksum.of(archive));
  }

  private static String digest(String content) throws IOException {
    return Checksum.of(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))).hex();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Objects in memory; something may happen before a record is created. */
  private static final class Memory implements Publications.Objects {

    private final Map<String, byte[]> contents = new TreeMap<>();
    private Step beforeRecord = () -> {};
    private String hidden = "";

    void put(String name, String content) {
      contents.put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<byte[]> content(String name) {
      return name.equals(hidden) ? Optional.empty() : Optional.ofNullable(contents.get(name));
    }

    @Override
    public Optional<byte[]> head(String name) {
      return content(name);
    }

    @Override
    public Optional<Long> size(String name) {
      return content(name).map(bytes -> (long) bytes.length);
    }

    @Override
    public InputStream open(String name, long size) {
      return new ByteArrayInputStream(content(name).orElseThrow());
    }

    @Override
    public boolean create(String name, Path content, Checksum checksum) throws IOException {
      return create(name, Files.readAllBytes(content));
    }

    @Override
    public boolean create(String name, byte[] content) throws IOException {
      if (name.endsWith(PublicationRecord.SUFFIX)) {
        beforeRecord.run();
      }
      return contents.putIfAbsent(name, content) == null;
    }

    @Override
    public void remove(String name) {
      contents.remove(name);
    }

    @Override
    public String place(String name) {
      return "'" + name + "'";
    }
  }
}
