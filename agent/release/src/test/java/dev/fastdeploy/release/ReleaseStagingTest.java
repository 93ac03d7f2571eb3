package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.MemoryStore;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.StoredArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseStagingTest {

  private static final Commit COMMIT = new Commit("abc123");
  private static final StagingLimits LIMITS = new StagingLimits(64 << 20, 1000);

  @TempDir Path directory;
  private Home home;

  @BeforeEach
  void createHome() throws IOException {
    home = new Home(directory.resolve("home"));
    home.create();
  }

  @Test
  void remembersWhichArchiveAReleaseCameIn() throws Exception {
    StoredArchive archive = small();

    staging().stage(COMMIT, archive.sha256(), store(archive), StagingProgress.NONE);

    assertThat(home.state().digests()).containsExactly(Map.entry(COMMIT, archive.sha256()));
    assertThat(staging().stage(COMMIT, "", new MemoryStore().releases(), StagingProgress.NONE))
        .isNotNull();
    assertThatThrownBy(
            () ->
                staging()
                    .stage(
                        COMMIT, "e".repeat(64), new MemoryStore().releases(), StagingProgress.NONE))
        .hasMessageContaining("came from an archive with the SHA-256 " + archive.sha256());
  }

  @Test
  void otherBytesThanThoseThatAreWantedAreNotFetched() throws Exception {
    StoredArchive archive = small();
    StoredArchive unopened =
        new StoredArchive(
            archive.format(),
            archive.size(),
            archive.sha256(),
            () -> {
              throw new AssertionError("it is fetched");
            });

    assertThatThrownBy(
            () -> staging().stage(COMMIT, "e".repeat(64), store(unopened), StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(archive.sha256())
        .hasMessageContaining("the request names " + "e".repeat(64));
    assertThat(home.state().digests()).isEmpty();
    assertThat(home.staged()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void endsWhereverItIsToldTo(int step) throws Exception {
    byte[] packed = new Tarball().file("a.jar", "content", 0644).pack(ReleaseFormat.TAR_GZ);
    int[] asked = new int[1];
    StagingProgress ended =
        new StagingProgress() {
          @Override
          public void bytes(long done, long total) {}

          @Override
          public void requireGoOn() throws IOException {
            if (asked[0]++ >= step) {
              throw new IOException("it is enough");
            }
          }
        };

    assertThatThrownBy(
            () ->
                staging().stage(COMMIT, store(Tarball.stored(ReleaseFormat.TAR_GZ, packed)), ended))
        .hasMessage("it is enough");
    assertThat(home.staged()).isEmpty();
    assertThat(home.root().resolve("releases")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zeros behind the end", "members of nothing", "a large file"})
  void endsInTheMiddleOfAnArchiveThatTakesLongToLookThrough(String kind) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] nothing = gzip(new byte[0]);
    switch (kind) {
      case "members of nothing" -> {
        for (int i = 0; i < 40_000; i++) {
          packed.write(nothing);
        }
        packed.write(new Tarball().file("a.jar", "content", 0644).pack(ReleaseFormat.TAR_GZ));
      }
      case "zeros behind the end" -> {
        packed.write(new Tarball().file("a.jar", "content", 0644).pack(ReleaseFormat.TAR_GZ));
        packed.write(gzip(new byte[4 << 20]));
      }
      default ->
          packed.write(
              new Tarball().file("a.jar", "0".repeat(4 << 20), 0644).pack(ReleaseFormat.TAR_GZ));
    }
    StoredArchive archive = Tarball.stored(ReleaseFormat.TAR_GZ, packed.toByteArray());
    Path releases = home.root().resolve("releases");
    int[] asked = new int[1];
    StagingProgress ended =
        new StagingProgress() {
          @Override
          public void bytes(long done, long total) {}

          @Override
          public void requireGoOn() throws IOException {
            // Behind what the fetching asks, and before the first file is laid out.
            if (isFetched(releases, archive.size()) && ++asked[0] > 10) {
              assertThat(named(releases, "release")).isEmpty();
              throw new IOException("it is enough");
            }
          }
        };

    assertThatThrownBy(() -> staging().stage(COMMIT, store(archive), ended))
        .hasMessage("it is enough");
    assertThat(releases).isEmptyDirectory();
  }

  private static boolean isFetched(Path releases, long size) throws IOException {
    List<Path> archives = named(releases, "archive");
    return !archives.isEmpty() && Files.size(archives.get(0)) == size;
  }

  private static List<Path> named(Path releases, String name) throws IOException {
    try (Stream<Path> below = Files.walk(releases, 2)) {
      return below.filter(path -> path.endsWith(name)).toList();
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static StoredArchive small() throws IOException {
    byte[] packed = new Tarball().file("a.jar", "content", 0644).pack(ReleaseFormat.TAR_GZ);
    return Tarball.stored(ReleaseFormat.TAR_GZ, packed);
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void laysOutARelease(ReleaseFormat format) throws Exception {
    byte[] packed =
        new Tarball()
            .directory("closed", 0555)
            .file("closed/a.jar", "content", 0640)
            .symbolicLink("closed/b.jar", "a.jar")
            .hardLink("c.jar", "closed/a.jar")
            .file("implied/run.sh", "#!/bin/sh", 0755)
            .pack(format);

    Release release =
        staging().stage(COMMIT, store(Tarball.stored(format, packed)), StagingProgress.NONE);

    Path root = home.root().toRealPath().resolve("releases/abc123");
    assertThat(release).isEqualTo(new Release(COMMIT, root));
    assertThat(root.resolve("closed/a.jar")).hasContent("content");
    assertThat(root.resolve("c.jar")).hasContent("content");
    assertThat(Files.readSymbolicLink(root.resolve("closed/b.jar"))).hasToString("a.jar");
    assertThat(modeOf(root.resolve("closed"))).isEqualTo("r-xr-xr-x");
    assertThat(modeOf(root.resolve("closed/a.jar"))).isEqualTo("rw-r-----");
    assertThat(modeOf(root.resolve("implied/run.sh"))).isEqualTo("rwxr-xr-x");
    for (String entry : List.of("closed", "closed/a.jar", "closed/b.jar", "implied/run.sh")) {
      assertThat(
              Files.getLastModifiedTime(root.resolve(entry), LinkOption.NOFOLLOW_LINKS).toInstant())
          .as(entry)
          .isEqualTo(Tarball.TIME);
    }
    assertThat(names(home.root().resolve("releases"))).containsExactly("abc123");
    assertThat(names(root)).containsExactlyInAnyOrder("closed", "c.jar", "implied");
  }

  @Test
  void returnsAtOnceWhatTheHomeHas() throws Exception {
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
    Release first =
        staging()
            .stage(
                COMMIT, store(Tarball.stored(ReleaseFormat.TAR_GZ, packed)), StagingProgress.NONE);

    assertThat(staging().stage(COMMIT, new MemoryStore().releases(), StagingProgress.NONE))
        .isEqualTo(first);
  }

  @Test
  void saysThatACommitWasNeverPublished() {
    assertThatThrownBy(
            () -> staging().stage(COMMIT, new MemoryStore().releases(), StagingProgress.NONE))
        .isInstanceOf(CommitNotFoundException.class)
        .hasMessage("the commit 'abc123' was never published to memory/app; publish it first");
    assertNothingLeft();
  }

  @Test
  void reportsProgressThatNeverFalls() throws Exception {
    byte[] noise = new byte[5_000_000];
    new Random(2).nextBytes(noise);
    byte[] packed =
        new Tarball().put(sized("noise", noise.length), noise).pack(ReleaseFormat.TAR_ZST);
    List<Long> done = new ArrayList<>();

    staging()
        .stage(
            COMMIT,
            store(Tarball.stored(ReleaseFormat.TAR_ZST, packed)),
            (bytes, total) -> {
              assertThat(total).isEqualTo(packed.length);
              done.add(bytes);
            });

    assertThat(done).isSorted().doesNotHaveDuplicates().hasSizeBetween(10, 102);
    assertThat(done.get(0)).isZero();
    assertThat(done.get(done.size() - 1)).isEqualTo(packed.length);
  }

  private static org.apache.commons.compress.archivers.tar.TarArchiveEntry sized(
      String name, int size) {
    org.apache.commons.compress.archivers.tar.TarArchiveEntry entry =
        new org.apache.commons.compress.archivers.tar.TarArchiveEntry(name);
    entry.setSize(size);
    return entry;
  }

  @Test
  void refusesBytesThatWereNotPublished() throws Exception {
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
    byte[] other = packed.clone();
    other[packed.length / 2] ^= 1;
    StoredArchive archive =
        new StoredArchive(
            ReleaseFormat.TAR_GZ,
            packed.length,
            Tarball.sha256(packed),
            () -> new ByteArrayInputStream(other));

    assertThatThrownBy(() -> staging().stage(COMMIT, store(archive), StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining(Tarball.sha256(packed))
        .hasMessageContaining(Tarball.sha256(other));
    assertNothingLeft();
  }

  @Test
  void refusesMoreOrFewerBytesThanTheStoreSaid() throws Exception {
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
    for (int difference : new int[] {-1, 1}) {
      StoredArchive archive =
          new StoredArchive(
              ReleaseFormat.TAR_GZ,
              packed.length + difference,
              Tarball.sha256(packed),
              () -> new ByteArrayInputStream(packed));
      assertThatThrownBy(() -> staging().stage(COMMIT, store(archive), StagingProgress.NONE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining((packed.length + difference) + " bytes");
      assertNothingLeft();
    }
  }

  @Test
  void refusesAnUnsafeArchiveAndLeavesNothing() throws Exception {
    byte[] packed =
        new Tarball().file("fine", "x").file("../../evil", "x").pack(ReleaseFormat.TAR_ZST);

    assertThatThrownBy(
            () ->
                staging()
                    .stage(
                        COMMIT,
                        store(Tarball.stored(ReleaseFormat.TAR_ZST, packed)),
                        StagingProgress.NONE))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageStartingWith("the release of 'abc123' is refused: entry '../../evil'");
    assertNothingLeft();
    assertThat(directory.resolve("evil")).doesNotExist();
    assertThat(home.root().resolve("evil")).doesNotExist();
  }

  @Test
  void leavesNothingWhenTheConnectionBreaks() throws Exception {
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
    StoredArchive archive = broken(packed, new IOException("Connection reset"));

    assertThatThrownBy(() -> staging().stage(COMMIT, store(archive), StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the archive of 'abc123' could not be fetched from memory/app: Connection reset");
    assertNothingLeft();
  }

  @Test
  void leavesNothingWhenTheProgressFails() throws Exception {
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);

    assertThatThrownBy(
            () ->
                staging()
                    .stage(
                        COMMIT,
                        store(Tarball.stored(ReleaseFormat.TAR_GZ, packed)),
                        (done, total) -> {
                          throw new IllegalStateException("not interested");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertNothingLeft();
  }

  @Test
  void checksTheSpaceBeforeTheFirstByte() throws Exception {
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
    StoredArchive archive =
        new StoredArchive(
            ReleaseFormat.TAR_GZ,
            packed.length,
            Tarball.sha256(packed),
            () -> {
              throw new AssertionError("fetched");
            });
    ReleaseStaging staging =
        new ReleaseStaging(home, LIMITS, HomeLimit.NONE, path -> packed.length - 1);

    assertThatThrownBy(() -> staging.stage(COMMIT, store(archive), StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining((packed.length - 1) + " bytes free")
        .hasMessageContaining("takes " + packed.length)
        .hasMessageContaining(home.given().toString());
    assertNothingLeft();
  }

  @Test
  void checksTheSpaceBeforeTheFirstFile() throws Exception {
    byte[] packed = new Tarball().file("zeros", "0".repeat(100_000)).pack(ReleaseFormat.TAR_ZST);
    ReleaseStaging staging = new ReleaseStaging(home, LIMITS, HomeLimit.NONE, path -> 50_000);

    assertThatThrownBy(
            () ->
                staging.stage(
                    COMMIT,
                    store(Tarball.stored(ReleaseFormat.TAR_ZST, packed)),
                    StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("50000 bytes free")
        .hasMessageContaining("unpacking 'abc123' takes 104096");
    assertNothingLeft();
  }

  @Test
  void aHomeThatWouldPassItsLimitIsRefusedBeforeTheFirstByte() throws Exception {
    Files.write(home.root().resolve("state/old"), new byte[100_000]);
    long used = DiskUse.of(home.root());
    byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
    StoredArchive archive =
        new StoredArchive(
            ReleaseFormat.TAR_GZ,
            packed.length,
            Tarball.sha256(packed),
            () -> {
              throw new AssertionError("fetched");
            });
    ReleaseStaging staging =
        new ReleaseStaging(home, LIMITS, new HomeLimit(used + packed.length - 1));

    assertThat(used).isGreaterThan(100_000);
    assertThatThrownBy(() -> staging.stage(COMMIT, store(archive), StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the home '%s' takes %d of the %d bytes of --home-max-bytes, and fetching the archive"
                + " of 'abc123' takes %d; keep fewer releases (--keep) or raise the limit",
            home.given(), used, used + packed.length - 1, packed.length);
    assertNothingLeft();
  }

  @Test
  void aReleaseThatUnpacksBeyondTheHomesLimitIsRefusedBeforeTheFirstFile() throws Exception {
    byte[] packed = new Tarball().file("zeros", "0".repeat(100_000)).pack(ReleaseFormat.TAR_ZST);
    long used = DiskUse.of(home.root());

    assertThatThrownBy(() -> stageWithin(used + 100_000, packed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unpacking 'abc123' takes 104096")
        .hasMessageContaining((used + 100_000) + " bytes of --home-max-bytes");
    assertNothingLeft();
    assertThat(stageWithin(used + 120_000, packed).directory().resolve("zeros")).exists();
  }

  @Test
  void namesWhatAServiceHasWrittenIntoItsRelease() throws Exception {
    byte[] packed = new Tarball().file("lib/a", "a".repeat(9000)).pack(ReleaseFormat.TAR_GZ);
    StoredArchive archive = Tarball.stored(ReleaseFormat.TAR_GZ, packed);
    Path running = staging().stage(COMMIT, store(archive), StagingProgress.NONE).directory();
    Files.write(running.resolve("heap.hprof"), new byte[200_000]);
    Files.write(running.resolve("lib/small.log"), new byte[100]);
    Commit next = new Commit("next");

    assertThatThrownBy(
            () ->
                new ReleaseStaging(home, LIMITS, new HomeLimit(100_000))
                    .stage(
                        next,
                        new MemoryStore().with(next, archive).releases(),
                        StagingProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--home-max-bytes")
        .hasMessageEndingWith(
            "; the largest files that do not belong to releases: '%s' (200000 bytes), '%s' (100"
                + " bytes)",
            running.resolve("heap.hprof"), running.resolve("lib/small.log"));
  }

  private Release stageWithin(long limit, byte[] packed) throws IOException {
    return new ReleaseStaging(home, LIMITS, new HomeLimit(limit))
        .stage(COMMIT, store(Tarball.stored(ReleaseFormat.TAR_ZST, packed)), StagingProgress.NONE);
  }

  @Test
  void aLinkedReleaseTakesNothing() throws Exception {
    long before = DiskUse.of(home.root());
    Path image = Files.createDirectory(directory.resolve("image"));
    Files.write(image.resolve("app.jar"), new byte[1 << 20]);

    home.linkImage(new Commit("image"), image);

    assertThat(DiskUse.of(home.root())).isEqualTo(before);
  }

  @Test
  void leavesNothingUnderItsNameWhenKilled() throws Exception {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                home.given().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("victim.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(() -> stagedBytes() > 0 || !victim.isAlive());
      assertThat(victim.isAlive()).as(() -> Victim.log(directory.resolve("victim.log"))).isTrue();
    } finally {
      victim.destroyForcibly().waitFor();
    }

    assertThat(home.release(COMMIT)).isEmpty();
    home.removeLeftovers();
    assertNothingLeft();
  }

  private long stagedBytes() throws IOException {
    try (Stream<Path> files = Files.walk(home.root().resolve("releases"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** Stages an archive that never ends. */
  static final class Victim {

    public static void main(String[] arguments) throws IOException {
      Home home = new Home(Path.of(arguments[0]));
      byte[] packed = new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ);
      StoredArchive endless =
          new StoredArchive(
              ReleaseFormat.TAR_GZ,
              1 << 30,
              Tarball.sha256(packed),
              () ->
                  new InputStream() {
                    @Override
                    public int read() {
                      return 'x';
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) {
                      Thread.onSpinWait();
                      return 1;
                    }
                  });
      Release staged =
          new ReleaseStaging(home, LIMITS).stage(COMMIT, store(endless), StagingProgress.NONE);
      throw new AssertionError(staged);
    }

    static String log(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException unreadable) {
        return unreadable.toString();
      }
    }
  }

  private static StoredArchive broken(byte[] packed, IOException failure) {
    return new StoredArchive(
        ReleaseFormat.TAR_GZ,
        packed.length,
        Tarball.sha256(packed),
        () ->
            new FilterInputStream(new ByteArrayInputStream(packed)) {
              private boolean begun;

              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                if (begun) {
                  throw failure;
                }
                begun = true;
                return super.read(bytes, offset, 10);
              }
            });
  }

  private ReleaseStaging staging() {
    return new ReleaseStaging(home, LIMITS);
  }

  private static PublishedReleases store(StoredArchive archive) {
    return new MemoryStore().with(COMMIT, archive).releases();
  }

  private void assertNothingLeft() {
    assertThat(names(home.root().resolve("releases"))).isEmpty();
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static String modeOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
