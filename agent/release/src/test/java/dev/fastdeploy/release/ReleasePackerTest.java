package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.Checksum;
import dev.fastdeploy.release.store.MemoryStore;
import dev.fastdeploy.release.store.StoredArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasePackerTest {

  private static final StagingLimits LIMITS = new StagingLimits(1 << 20, 100);

  private static final ReleaseOrigin ORIGIN = new ReleaseOrigin("app", new Commit("abc"));

  @TempDir Path directory;
  private Path build;
  private Path work;

  @BeforeEach
  void createBuild() throws IOException {
    build = Files.createDirectory(directory.resolve("build"));
    work = Files.createDirectory(directory.resolve("work"));
    Files.createDirectory(build.resolve("lib"));
    Files.writeString(build.resolve("lib/a.jar"), "a");
    Files.writeString(build.resolve("run.sh"), "#!/bin/sh");
    Files.setPosixFilePermissions(
        build.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(build.resolve("current.jar"), Path.of("lib/a.jar"));
  }

  @Test
  void aFileOfAnotherPlaceIsReleasedWithADirectory() throws Exception {
    Path other = Files.writeString(work.resolve("other"), "added");
    AddedFile added = new AddedFile(new ReleasePath(".fastdeploy/x/added"), other);
    try (PackedRelease packed =
        packer().packDirectory(build, List.of(added), ReleaseFormat.TAR_GZ, work)) {
      Path laidOut = Files.createDirectory(directory.resolve("laid-out"));
      ReleaseSource source = new ArchiveSource(packed.file(), packed.format(), LIMITS);
      new ReleaseWriter(laidOut, source.manifest()).write(source);

      assertThat(laidOut.resolve(".fastdeploy/x/added")).hasContent("added");
      assertThat(laidOut.resolve("lib/a.jar")).hasContent("a");
    }
    assertThat(build.resolve(".fastdeploy")).doesNotExist();
  }

  @Test
  void anAddedFileDoesNotReplaceOneOfTheBuild() throws Exception {
    Path other = Files.writeString(work.resolve("other"), "added");
    AddedFile added = new AddedFile(new ReleasePath("lib/a.jar"), other);
    assertThatThrownBy(
            () -> packer().packDirectory(build, List.of(added), ReleaseFormat.TAR_GZ, work))
        .hasMessageContaining("lib/a.jar")
        .hasMessageContaining("occurs twice");
  }

  @Test
  void aHomeInTheBuildIsRefused() throws Exception {
    new Home(build.resolve("data/home")).create();

    assertThatThrownBy(() -> packer().pack(build, ReleaseFormat.TAR_GZ, work))
        .hasMessageContaining("data/home")
        .hasMessageContaining("is a home of fastdeploy; remove it");
    assertThatThrownBy(() -> packer().pack(build.resolve("data/home"), ReleaseFormat.TAR_GZ, work))
        .hasMessageContaining("is a home of fastdeploy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?/.cache/fastdeploy/0123456789abcdef0123456789abcdef/fastdeploy-agent-1.jar",
        "cache/0123456789abcdef0123456789abcdef/jedis-8.0.2.jar",
        "cache/.unpacking-123/guava.jar",
        "releases/.staging-42/classes/A.class"
      })
  void whatFastdeployHasWrittenInTheBuildIsRefused(String file) throws Exception {
    Files.createDirectories(build.resolve(file).getParent());
    Files.writeString(build.resolve(file), "x");

    assertThatThrownBy(() -> packer().pack(build, ReleaseFormat.TAR_GZ, work))
        .hasMessageContaining("fastdeploy")
        .hasMessageContaining("publish a directory without it");
    try (var left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aDirectoryThatOnlyLooksAlikeIsPacked() throws Exception {
    Files.createDirectories(build.resolve("0123456789abcdef0123456789abcdef"));
    Files.createDirectories(build.resolve("releases"));

    packer().pack(build, ReleaseFormat.TAR_GZ, work).close();
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void packsWhatStagingLaysOut(ReleaseFormat format) throws Exception {
    String longName = "n".repeat(200) + "/" + "ü".repeat(120);
    Files.createDirectory(build.resolve("n".repeat(200)));
    Files.writeString(build.resolve(longName), "long");
    Instant modified = Instant.parse("2023-05-06T07:08:09.123456Z");
    Files.setLastModifiedTime(build.resolve("lib/a.jar"), FileTime.from(modified));
    Home home = new Home(directory.resolve("home"));
    home.create();

    Path staged;
    try (PackedRelease packed = packer().pack(build, format, work)) {
      assertThat(packed.format()).isEqualTo(format);
      assertThat(packed.size()).isEqualTo(Files.size(packed.file()));
      assertThat(packed.sha256()).isEqualTo(Checksum.of(packed.file()).hex());
      Commit commit = new Commit("abc");
      StoredArchive archive =
          new StoredArchive(
              format, packed.size(), packed.sha256(), () -> Files.newInputStream(packed.file()));
      staged =
          new ReleaseStaging(home, LIMITS)
              .stage(
                  commit, new MemoryStore().with(commit, archive).releases(), StagingProgress.NONE)
              .directory();
    }

    assertThat(staged.resolve("lib/a.jar")).hasContent("a");
    assertThat(staged.resolve(longName)).hasContent("long");
    assertThat(Files.readSymbolicLink(staged.resolve("current.jar"))).hasToString("lib/a.jar");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(staged.resolve("run.sh"))))
        .isEqualTo("rwxr-x---");
    assertThat(Files.getLastModifiedTime(staged.resolve("lib/a.jar")).toInstant())
        .isEqualTo(Instant.parse("2023-05-06T07:08:09Z"));
    assertThat(work).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void packsTheSameBytesFromTheSameFiles(ReleaseFormat format) throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    for (String name : new String[] {"run.sh", "lib", "lib/a.jar"}) {
      Files.copy(
          build.resolve(name),
          other.resolve(name),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createSymbolicLink(other.resolve("current.jar"), Path.of("lib/a.jar"));
    FileTime time = FileTime.from(Tarball.TIME);
    for (Path root : new Path[] {build, other}) {
      Files.getFileAttributeView(
              root.resolve("current.jar"),
              java.nio.file.attribute.BasicFileAttributeView.class,
              java.nio.file.LinkOption.NOFOLLOW_LINKS)
          .setTimes(time, null, null);
      Files.setLastModifiedTime(root.resolve("lib"), time);
    }

    try (PackedRelease one = packer().pack(build, format, work);
        PackedRelease two = packer().pack(other, format, work)) {
      assertThat(one.sha256()).isEqualTo(two.sha256());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "lib/../../outside"})
  void refusesLinksThatLeave(String target) throws Exception {
    Files.createSymbolicLink(build.resolve("link"), Path.of(target));
    assertThatThrownBy(() -> packer().pack(build, ReleaseFormat.TAR_ZST, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("'" + build + "' cannot be released: entry 'link'")
        .hasMessageContaining(target);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void refusesSockets() throws Exception {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(build.resolve("s")));
      assertThatThrownBy(() -> packer().pack(build, ReleaseFormat.TAR_ZST, work))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("entry 's' is a device, a FIFO or a socket");
    }
  }

  @Test
  void refusesSetuid() throws Exception {
    Files.setAttribute(build.resolve("run.sh"), "unix:mode", 04755);
    assertThatThrownBy(() -> packer().pack(build, ReleaseFormat.TAR_ZST, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("entry 'run.sh' has the mode 4755");
  }

  @Test
  void refusesMoreThanTheLimits() {
    assertThatThrownBy(
            () ->
                new ReleasePacker(new StagingLimits(5, 100), ORIGIN)
                    .pack(build, ReleaseFormat.TAR_ZST, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("--release-max-bytes");
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void takesATarballAsItIs(ReleaseFormat format) throws Exception {
    Path tarball = new Tarball().file("a", "a").write(directory, format);
    ReleaseFormat another =
        format == ReleaseFormat.TAR_GZ ? ReleaseFormat.TAR_ZST : ReleaseFormat.TAR_GZ;

    try (PackedRelease packed = packer().pack(tarball, another, work)) {
      assertThat(packed.format()).isEqualTo(format);
      assertThat(packed.file()).hasSameBinaryContentAs(tarball);
    }
    assertThat(tarball).exists();
    assertThat(work).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"cart, abc, true", "cart, abd, true", "cart, abc, false", "app, abd, false"})
  void anArchiveOfAnotherReleaseIsRefused(String app, String commit, boolean recorded)
      throws Exception {
    Home home = new Home(directory.resolve("home"));
    home.create();

    try (PackedRelease packed = packer().pack(build, ReleaseFormat.TAR_GZ, work)) {
      assertThatThrownBy(() -> stage(packed, app, commit, recorded, home))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("the release of '" + commit + "' is refused")
          .hasMessageContaining("'abc' of the application 'app'")
          .hasMessageContaining(", not '" + commit + "' of the application '" + app + "'");
    }
    assertThat(home.staged()).isEmpty();
  }

  @Test
  void theArchiveOfAnotherApplicationIsNotPublished() throws Exception {
    ReleaseOrigin wanted = new ReleaseOrigin("cart", new Commit("abc"));
    try (PackedRelease packed = packer().pack(build, ReleaseFormat.TAR_GZ, work)) {
      Path tarball = Files.copy(packed.file(), directory.resolve("other.tar.gz"));
      assertThatThrownBy(
              () -> new ReleasePacker(LIMITS, wanted).pack(tarball, ReleaseFormat.TAR_GZ, work))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("'" + tarball + "' cannot be released")
          .hasMessageContaining("'abc' of the application 'app'");
    }
  }

  @Test
  void anArchiveMayBePublishedAsAnotherCommit() throws Exception {
    Home home = new Home(directory.resolve("home"));
    home.create();
    try (PackedRelease packed = packer().pack(build, ReleaseFormat.TAR_GZ, work)) {
      Path tarball = Files.copy(packed.file(), directory.resolve("one.tar.gz"));
      ReleaseOrigin again = new ReleaseOrigin("app", new Commit("abd"));
      try (PackedRelease two =
          new ReleasePacker(LIMITS, again).pack(tarball, ReleaseFormat.TAR_GZ, work)) {
        assertThat(two.sha256()).isEqualTo(packed.sha256());
        stage(two, "app", "abd", true, home);
      }
    }
    assertThat(home.staged()).containsExactly(new Commit("abd"));
  }

  private static void stage(
      PackedRelease packed, String app, String commit, boolean recorded, Home home)
      throws IOException {
    StoredArchive archive =
        new StoredArchive(
            packed.format(),
            packed.size(),
            packed.sha256(),
            () -> Files.newInputStream(packed.file()),
            recorded);
    Commit wanted = new Commit(commit);
    new ReleaseStaging(home, LIMITS)
        .stage(wanted, new MemoryStore(app).with(wanted, archive).releases(), StagingProgress.NONE);
  }

  @Test
  void anArchiveMayBePublishedAgainAsWhatItIs() throws Exception {
    try (PackedRelease packed = packer().pack(build, ReleaseFormat.TAR_GZ, work)) {
      Path tarball = Files.copy(packed.file(), directory.resolve("same.tar.gz"));
      try (PackedRelease again = packer().pack(tarball, ReleaseFormat.TAR_GZ, work)) {
        assertThat(again.sha256()).isEqualTo(packed.sha256());
      }
    }
  }

  @Test
  void anArchiveThatNamesNoCommitIsRefused() throws Exception {
    Path tarball = commented("fastdeploy app=app commit=../../x");

    assertThatThrownBy(() -> packer().pack(tarball, ReleaseFormat.TAR_GZ, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("the commit '../../x', which is not a valid commit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8c31b0e47d0f", "fastdeploy", "fastdeploy app= commit=abc", "fastdeploy app=a b"})
  void theCommentsOfOthersSayNothing(String comment) throws Exception {
    packer().pack(commented(comment), ReleaseFormat.TAR_GZ, work).close();
  }

  private Path commented(String comment) throws IOException {
    Path tarball = directory.resolve("commented.tar.gz");
    try (OutputStream file = Files.newOutputStream(tarball);
        OutputStream packed = ReleaseFormat.TAR_GZ.pack(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
      TarArchiveEntry global =
          new TarArchiveEntry("pax_global_header", TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER);
      global.addPaxHeader("comment", comment);
      tar.putArchiveEntry(global);
      TarArchiveEntry entry = new TarArchiveEntry("a");
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    return tarball;
  }

  /** What an archive says of itself is no file, and nothing to warn of, for who unpacks it. */
  @ParameterizedTest
  @ValueSource(strings = {"tar", "bsdtar"})
  void tarProgramsReadOverWhatItSaysOfItself(String program) throws Exception {
    TarPrograms.require(program);
    Path out = Files.createDirectory(directory.resolve("out"));
    Path words = directory.resolve("words");
    try (PackedRelease packed = packer().pack(build, ReleaseFormat.TAR_GZ, work)) {
      Process process =
          new ProcessBuilder(program, "-xzf", packed.file().toString(), "-C", out.toString())
              .redirectErrorStream(true)
              .redirectOutput(words.toFile())
              .start();
      assertThat(process.waitFor()).isZero();
    }
    assertThat(words).isEmptyFile();
    assertThat(TarPrograms.tree(out)).isEqualTo(TarPrograms.tree(build));
  }

  @Test
  void takesATgz() throws Exception {
    Path tgz =
        Files.write(
            directory.resolve("app.tgz"), new Tarball().file("a", "a").pack(ReleaseFormat.TAR_GZ));
    try (PackedRelease packed = packer().pack(tgz, ReleaseFormat.TAR_ZST, work)) {
      assertThat(packed.format()).isEqualTo(ReleaseFormat.TAR_GZ);
    }
  }

  @Test
  void refusesATarballThatStagingWouldRefuse() throws Exception {
    Path tarball = new Tarball().file("../a", "a").write(directory, ReleaseFormat.TAR_GZ);
    assertThatThrownBy(() -> packer().pack(tarball, ReleaseFormat.TAR_GZ, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining(tarball.toString())
        .hasMessageContaining("entry '../a'");
    assertThat(work).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.jar", "app.tar", "app.zip"})
  void refusesOtherFiles(String name) throws Exception {
    Path file = Files.writeString(directory.resolve(name), "x");
    assertThatThrownBy(() -> packer().pack(file, ReleaseFormat.TAR_GZ, work))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("give a directory, or a file whose name ends with .tar.gz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gz | .tar.zst | it is gzip; give it a name that ends with .tar.gz",
        "zst | .tar.gz | it is zstd; give it a name that ends with .tar.zst",
        "zst | .tgz | it is zstd; give it a name that ends with .tar.zst",
        "zip | .tgz | it is a zip or a jar; publish a directory with its files",
        "zip | .tar.zst | it is a zip or a jar; publish a directory with its files",
        "tar | .tar.gz | it is a tar that is not compressed; compress it with gzip or zstd",
        "tar | .tzst | it is a tar that is not compressed; compress it with gzip or zstd",
        "xz | .tar.gz | it is compressed with xz; compress it with gzip or zstd",
        "bz2 | .tar.zst | it is compressed with bzip2; compress it with gzip or zstd",
        "nothing | .tar.gz | it is empty; build it again",
        "nothing | .tar.zst | it is empty; build it again",
        "noise | .tar.gz | it begins as neither gzip nor zstd does; build it again",
        "noise | .tar.zst | it begins as neither gzip nor zstd does; build it again"
      })
  void tellsWhatATarballIsInsteadOfWhatItsNameSays(String content, String suffix, String reason)
      throws Exception {
    Path file = Files.write(directory.resolve("build" + suffix), content(content));

    assertThatThrownBy(() -> packer().pack(file, ReleaseFormat.TAR_GZ, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageStartingWith("'" + file + "' cannot be released: the archive is not a .tar.")
        .hasMessageContaining(reason);
  }

  private static byte[] content(String kind) throws IOException {
    Tarball tarball = new Tarball().file("a", "a");
    return switch (kind) {
      case "gz" -> tarball.pack(ReleaseFormat.TAR_GZ);
      case "zst" -> tarball.pack(ReleaseFormat.TAR_ZST);
      case "tar" -> tarball.tar();
      case "zip" -> new byte[] {'P', 'K', 3, 4, 20, 0};
      case "xz" -> new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0, 4};
      case "bz2" -> new byte[] {'B', 'Z', 'h', '9'};
      case "nothing" -> new byte[0];
      default -> new byte[] {'n', 'o', 'i', 's', 'e'};
    };
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void tellsThatATarballIsCutOff(ReleaseFormat format) throws Exception {
    byte[] whole = new Tarball().file("a", "a").pack(format);
    for (int length : new int[] {5, whole.length / 2, whole.length - 1}) {
      Path file =
          Files.write(directory.resolve("app" + format.suffix()), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> packer().pack(file, format, work))
          .as("%s bytes", length)
          .hasMessage(
              "'"
                  + file
                  + "' cannot be released: the archive is cut off: its end is missing; build or"
                  + " copy it again");
    }
  }

  @Test
  void refusesWhatIsNotThereAndWhatIsEmpty() throws Exception {
    assertThatThrownBy(() -> packer().pack(directory.resolve("no"), ReleaseFormat.TAR_GZ, work))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neither a directory nor a file");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThatThrownBy(() -> packer().pack(empty, ReleaseFormat.TAR_GZ, work))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("contains no files");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private static ReleasePacker packer() {
    return new ReleasePacker(LIMITS, ORIGIN);
  }
}
