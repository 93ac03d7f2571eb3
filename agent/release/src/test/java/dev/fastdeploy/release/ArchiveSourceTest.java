package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.fastdeploy.release.ReleaseEntry.Directory;
import dev.fastdeploy.release.ReleaseEntry.File;
import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchiveSourceTest {

  private static final StagingLimits LIMITS = new StagingLimits(1 << 20, 100);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void readsWhatAnArchiveHolds(ReleaseFormat format) throws Exception {
    Path archive =
        new Tarball()
            .directory(".", 0755)
            .directory("./lib", 0755)
            .file("./lib/a.jar", "a", 0640)
            .file("run.sh", "#!/bin/sh", 0755)
            .symbolicLink("lib/b.jar", "a.jar")
            .hardLink("lib/c.jar", "./lib/a.jar")
            .write(directory, format);

    ReleaseManifest manifest = new ArchiveSource(archive, format, LIMITS).manifest();

    assertThat(manifest.entries())
        .extracting(entry -> entry.path().value())
        .containsExactly("lib", "lib/a.jar", "lib/b.jar", "lib/c.jar", "run.sh");
    assertThat(manifest.contentBytes()).isEqualTo(10);
    assertThat(manifest.all(File.class)).extracting(File::mode).containsExactly(0640, 0755);
    assertThat(manifest.all(File.class).get(0).modified().toInstant()).isEqualTo(Tarball.TIME);
  }

  @Test
  void addsDirectoriesThatAnArchiveDoesNotName() throws Exception {
    assertThat(manifestOf(new Tarball().file("a/b/c", "x")).all(Directory.class))
        .extracting(entry -> entry.path().value())
        .containsExactly("a", "a/b");
  }

  @Test
  void readsLongNamesOfBothDialects() throws Exception {
    String name = "directory/".repeat(30) + "ü".repeat(100);
    assertThat(manifestOf(new Tarball().file(name, "x")).all(File.class))
        .extracting(file -> file.path().value())
        .containsExactly(name);
    assertThat(manifestOf(new Tarball().gnuLongNames().file(name, "x")).all(File.class))
        .extracting(file -> file.path().value())
        .containsExactly(name);
  }

  static Stream<Arguments> unsafe() {
    return Stream.of(
        Arguments.of(
            "absolute name", tarball().file("/etc/passwd", "x"), "'/etc/passwd'", "absolute"),
        Arguments.of("parent", tarball().file("../evil", "x"), "'../evil'", "'..'"),
        Arguments.of("parent inside", tarball().file("a/../../evil", "x"), "evil", "'..'"),
        Arguments.of(
            "long name that leaves",
            tarball().file("a/".repeat(80) + "../".repeat(90) + "evil", "x"),
            "a/a/",
            "'..'"),
        Arguments.of(
            "long GNU name that leaves",
            tarball().gnuLongNames().file("a/".repeat(80) + "../".repeat(90) + "evil", "x"),
            "a/a/",
            "'..'"),
        Arguments.of(
            "absolute link",
            tarball().symbolicLink("l", "/etc"),
            "'l'",
            "'/etc', which is absolute"),
        Arguments.of(
            "link out", tarball().symbolicLink("a/l", "../.."), "'a/l'", "out of the release"),
        Arguments.of(
            "link out by a chain",
            tarball()
                .directory("a/b", 0755)
                .symbolicLink("a/b/top", "../..")
                .symbolicLink("l", "a/b/top/.."),
            "'l'",
            "out of the release"),
        Arguments.of(
            "links in a circle",
            tarball().symbolicLink("x", "y").symbolicLink("y", "x"),
            "'x'",
            "circle"),
        Arguments.of("link to nothing", tarball().symbolicLink("l", ""), "'l'", "valid target"),
        Arguments.of(
            "entry behind a link",
            tarball().directory("d", 0755).symbolicLink("l", "d").file("l/evil", "x"),
            "'l/evil'",
            "not a directory"),
        Arguments.of(
            "entry behind a link, link last",
            tarball().file("l/evil", "x").symbolicLink("l", "d"),
            "'l/evil'",
            "not a directory"),
        Arguments.of(
            "link in place of a directory",
            tarball().directory("l", 0755).symbolicLink("l", "d"),
            "'l'",
            "twice"),
        Arguments.of(
            "hard link out", tarball().hardLink("h", "../../etc/passwd"), "etc/passwd", "'..'"),
        Arguments.of(
            "absolute hard link",
            tarball().hardLink("h", "/etc/passwd"),
            "/etc/passwd",
            "absolute"),
        Arguments.of(
            "hard link to a link",
            tarball().symbolicLink("l", "app.jar").hardLink("h", "l"),
            "'h'",
            "not a file"),
        Arguments.of("hard link to nothing", tarball().hardLink("h", "gone"), "'h'", "not a file"),
        Arguments.of("hard link to the top", tarball().hardLink("h", "./"), "'h'", "directory"),
        Arguments.of(
            "character device",
            tarball().special("tty", TarConstants.LF_CHR, ""),
            "'tty'",
            "device"),
        Arguments.of(
            "block device", tarball().special("sda", TarConstants.LF_BLK, ""), "'sda'", "device"),
        Arguments.of("FIFO", tarball().special("f", TarConstants.LF_FIFO, ""), "'f'", "FIFO"),
        Arguments.of("unknown type", tarball().special("v", (byte) 'V', ""), "'v'", "type"),
        Arguments.of("setuid", tarball().file("su", "x", 04755), "'su'", "4755"),
        Arguments.of("setgid", tarball().file("sg", "x", 02755), "'sg'", "2755"),
        Arguments.of("sticky", tarball().directory("tmp", 01777), "'tmp'", "1777"),
        Arguments.of("unreadable", tarball().file("no", "x", 0), "'no'", "0000"),
        Arguments.of("a file twice", tarball().file("app.jar", "y"), "'app.jar'", "twice"),
        Arguments.of(
            "a file twice in other words", tarball().file("./app.jar", "y"), "'app.jar'", "twice"),
        Arguments.of(
            "file and directory", tarball().directory("app.jar", 0755), "'app.jar'", "twice"),
        Arguments.of(
            "below a file", tarball().file("app.jar/x", "y"), "'app.jar/x'", "not a directory"),
        Arguments.of("long part", tarball().file("n".repeat(256), "y"), "nnn", "255 bytes"),
        Arguments.of("line end in a name", tarball().file("a\nb", "y"), "'a?b'", "control"),
        Arguments.of("a file called /", tarball().file("./", "").file(".", "y"), "'.'", "no name"),
        Arguments.of(
            "link with content",
            withSize(tarball(), "d", TarConstants.LF_SYMLINK),
            "'d'",
            "has content"));
  }

  private static Tarball tarball() {
    return new Tarball().file("app.jar", "x");
  }

  private static Tarball withSize(Tarball tarball, String name, byte type) {
    TarArchiveEntry link = new TarArchiveEntry(name, type);
    link.setLinkName("app.jar");
    link.setSize(3);
    return tarball.put(link, new byte[3]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsafe")
  void refuses(String what, Tarball tarball, String entry, String reason) throws Exception {
    for (ReleaseFormat format : ReleaseFormat.values()) {
      Path archive = tarball.write(directory, format);
      assertThatThrownBy(() -> new ArchiveSource(archive, format, LIMITS).manifest())
          .as(what)
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining(entry)
          .hasMessageContaining(reason)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void keepsLinksThatStayInTheRelease() {
    assertThatCode(
            () ->
                manifestOf(
                    tarball()
                        .directory("a/b", 0755)
                        .symbolicLink("a/b/up", "../../app.jar")
                        .symbolicLink("top", ".")
                        .symbolicLink("through", "top/a/b/../../top/app.jar")
                        .symbolicLink("dangling", "later/made")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesTooManyBytes() {
    assertThatThrownBy(() -> manifestOf(tarball().file("big", "x".repeat(1 << 20))))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("'big'")
        .hasMessageContaining("1048576 bytes")
        .hasMessageContaining("--release-max-bytes");
  }

  @Test
  void refusesTooManyEntriesAlsoImpliedOnes() {
    Tarball files = new Tarball();
    for (int i = 0; i < 101; i++) {
      files.file("f" + i, "");
    }
    assertThatThrownBy(() -> manifestOf(files))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("'f100'")
        .hasMessageContaining("--release-max-entries");
    assertThatThrownBy(() -> manifestOf(new Tarball().file("d/".repeat(101) + "f", "")))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("--release-max-entries");
  }

  @Test
  void refusesHeadersThatWouldFillTheMemory() {
    TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    byte[] long2 = new byte[2 << 20];
    Arrays.fill(long2, (byte) 'n');
    name.setSize(long2.length);
    assertThatThrownBy(() -> manifestOf(new Tarball().put(name, long2).file("x", "x")))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("header larger than 1048576 bytes");

    TarArchiveEntry pax = new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    byte[] comment =
        ("2097162 comment=" + "x".repeat(2097145) + "\n").getBytes(StandardCharsets.UTF_8);
    pax.setSize(comment.length);
    assertThatThrownBy(() -> manifestOf(new Tarball().put(pax, comment).file("x", "x")))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("header larger than 1048576 bytes");
  }

  @Test
  void refusesAnEndlessTailOfZeros() throws Exception {
    byte[] tar = Tarball.concatenate(tarball().tar(), new byte[8 << 20]);
    assertThatThrownBy(() -> manifestOf(ReleaseFormat.TAR_ZST, tar, LIMITS))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("unpacks to more than");
  }

  @Test
  void takesPaddingButNothingElseBehindTheEnd() throws Exception {
    byte[] padded = Tarball.concatenate(tarball().tar(), new byte[64 * 1024]);
    assertThat(manifestOf(ReleaseFormat.TAR_GZ, padded, LIMITS).entries()).hasSize(1);

    byte[] garbage = Tarball.concatenate(padded, "more".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> manifestOf(ReleaseFormat.TAR_GZ, garbage, LIMITS))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("after its end");
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void refusesBytesBehindTheCompressedData(ReleaseFormat format) throws Exception {
    byte[] packed =
        Tarball.concatenate(tarball().pack(format), "garbage".getBytes(StandardCharsets.UTF_8));
    assertDamaged(format, packed);
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void refusesArchivesThatAreCutOffAnywhere(ReleaseFormat format) throws Exception {
    byte[] noise = new byte[3000];
    new Random(1).nextBytes(noise);
    byte[] packed =
        new Tarball()
            .file("a", new String(noise, StandardCharsets.ISO_8859_1))
            .file("b", "b")
            .pack(format);
    for (int length = 0; length < packed.length; length += 7) {
      assertDamaged(format, Arrays.copyOf(packed, length));
    }
    assertDamaged(format, Arrays.copyOf(packed, packed.length - 1));
  }

  @Test
  void refusesATarThatWasCutOffBeforeItWasCompressed() throws Exception {
    byte[] tar = new Tarball().file("a", "a").file("b", "b").tar();
    for (int length : List.of(512, 600, 1024, 1500, 2048)) {
      byte[] cut = Arrays.copyOf(tar, length);
      assertThatThrownBy(() -> manifestOf(ReleaseFormat.TAR_GZ, cut, LIMITS))
          .as("%s bytes", length)
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("cut off");
    }
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void refusesDamagedArchives(ReleaseFormat format) throws Exception {
    byte[] tar = tarball().tar();
    tar[0] ^= 1;
    assertDamaged(format, Tarball.compress(format, tar));
    assertDamaged(format, "no archive at all".getBytes(StandardCharsets.UTF_8));
    assertDamaged(format, new byte[0]);
  }

  @Test
  void refusesArchivesWithoutFiles() {
    assertThatThrownBy(() -> manifestOf(new Tarball().directory("lib", 0755)))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("contains no files");
  }

  @Test
  void refusesZstdThatNeedsMuchMemory() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer out =
        new ZstdOutputStreamNoFinalizer(packed, 3).setLong(27).setWindowLog(27)) {
      out.write(tarball().tar());
    }
    assertThatThrownBy(() -> manifest(ReleaseFormat.TAR_ZST, packed.toByteArray(), LIMITS))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("memory");
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void takesZerosBehindTheCompressedData(ReleaseFormat format) throws Exception {
    byte[] padded = Tarball.concatenate(tarball().pack(format), new byte[10_240]);
    assertThat(manifest(format, padded, LIMITS).entries()).hasSize(1);

    assertDamaged(format, Tarball.concatenate(padded, new byte[] {1}));
    assertDamaged(format, Tarball.concatenate(padded, tarball().pack(format)));
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void readsMembersOneBehindTheOther(ReleaseFormat format) throws Exception {
    byte[] tar = tarball().tar();
    byte[] packed = new byte[0];
    for (int from = 0; from < tar.length; from += 700) {
      byte[] part = Arrays.copyOfRange(tar, from, Math.min(from + 700, tar.length));
      packed = Tarball.concatenate(packed, Tarball.compress(format, part));
    }
    packed = Tarball.concatenate(packed, Tarball.compress(format, new byte[0]));

    assertThat(manifest(format, packed, LIMITS).contentBytes()).isEqualTo(1);
    assertThat(manifest(format, Tarball.concatenate(packed, new byte[3]), LIMITS).entries())
        .hasSize(1);
  }

  @Test
  void readsFramesOfAllForms() throws Exception {
    byte[] noise = new byte[300_000];
    new Random(3).nextBytes(noise);
    Arrays.fill(noise, 100_000, 280_000, (byte) 7);
    byte[] tar = tarball().put(sized("noise", noise.length), noise).tar();
    byte[] skippable = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
    for (boolean checksum : new boolean[] {true, false}) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      packed.write(skippable);
      try (ZstdOutputStreamNoFinalizer out =
          new ZstdOutputStreamNoFinalizer(packed, 3).setChecksum(checksum)) {
        out.write(tar);
      }
      packed.write(skippable);
      byte[] whole = Tarball.concatenate(com.github.luben.zstd.Zstd.compress(tar), new byte[512]);
      for (byte[] archive :
          List.of(Tarball.concatenate(packed.toByteArray(), new byte[512]), whole)) {
        assertThat(manifest(ReleaseFormat.TAR_ZST, archive, LIMITS).contentBytes())
            .isEqualTo(300_001);
      }
    }
  }

  private static TarArchiveEntry sized(String name, int size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    return entry;
  }

  @Test
  void hardLinksMayHaveTheSizeOfTheirFile() throws Exception {
    byte[] tar = tarball().hardLink("link.jar", "app.jar").file("last", "x").tar();
    // The link's header is the third record: behind header and content of the file.
    setSize(tar, 1024, "00000000001");

    assertThat(manifestOf(ReleaseFormat.TAR_GZ, tar, LIMITS).entries())
        .extracting(entry -> entry.path().value())
        .containsExactly("app.jar", "last", "link.jar");
  }

  private static void setSize(byte[] tar, int header, String octal) {
    System.arraycopy(
        octal.getBytes(StandardCharsets.US_ASCII), 0, tar, header + 124, octal.length());
    correctChecksum(tar, header);
  }

  private static void correctChecksum(byte[] tar, int header) {
    Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = header; i < header + 512; i++) {
      sum += tar[i] & 0xFF;
    }
    byte[] digits = String.format(Locale.ROOT, "%06o\0", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, tar, header + 148, digits.length);
  }

  @Test
  void setgidOfADirectoryIsDropped() throws Exception {
    assertThat(
            manifestOf(tarball().directory("lib", 02755).directory("var", 02770))
                .all(Directory.class))
        .extracting(Directory::mode)
        .containsExactly(0755, 0770);
  }

  @Test
  void ofADirectoryThatIsNamedTwiceTheLastWordCounts() throws Exception {
    assertThat(
            manifestOf(tarball().directory("lib", 0755).directory("./lib", 0700))
                .all(Directory.class))
        .extracting(Directory::mode)
        .containsExactly(0700);
  }

  @Test
  void headersForAllEntriesMayTellOfThemButNotNameThem() throws Exception {
    assertThat(manifestOf(ReleaseFormat.TAR_GZ, global("12 comment=\n"), LIMITS).all(File.class))
        .extracting(file -> file.path().value())
        .containsExactly("app.jar");
    for (String record : List.of("13 path=evil\n", "10 size=1\n", "22 GNU.sparse.major=1\n")) {
      assertThatThrownBy(() -> manifestOf(ReleaseFormat.TAR_GZ, global(record), LIMITS))
          .isInstanceOf(UnsafeArchiveException.class)
          .hasMessageContaining("global header");
    }
  }

  private static byte[] global(String records) throws IOException {
    byte[] bytes = records.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry header =
        new TarArchiveEntry("pax_global_header", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    header.setSize(bytes.length);
    byte[] tar = new Tarball().put(header, bytes).file("app.jar", "x").tar();
    tar[156] = TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER;
    correctChecksum(tar, 0);
    return tar;
  }

  private void assertDamaged(ReleaseFormat format, byte[] packed) {
    assertThatThrownBy(() -> manifest(format, packed, LIMITS))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("archive");
  }

  private ReleaseManifest manifestOf(Tarball tarball) throws IOException {
    return manifest(ReleaseFormat.TAR_ZST, tarball.pack(ReleaseFormat.TAR_ZST), LIMITS);
  }

  private ReleaseManifest manifestOf(ReleaseFormat format, byte[] tar, StagingLimits limits)
      throws IOException {
    return manifest(format, Tarball.compress(format, tar), limits);
  }

  private ReleaseManifest manifest(ReleaseFormat format, byte[] packed, StagingLimits limits)
      throws IOException {
    Path archive = Files.write(directory.resolve("archive" + format.suffix()), packed);
    return new ArchiveSource(archive, format, limits).manifest();
  }
}
