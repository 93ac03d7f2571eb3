package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What GNU tar and bsdtar write is laid out as they would lay it out. */
class ArchivesOfTarProgramsTest {

  private static final StagingLimits LIMITS = new StagingLimits(64 << 20, 1000);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tar --format=v7",
        "tar --format=oldgnu --sparse",
        "tar --format=gnu --sparse",
        "tar --format=ustar",
        "tar --format=pax",
        "tar --format=pax --sparse --sparse-version=0.0",
        "tar --format=pax --sparse --sparse-version=0.1",
        "tar --format=pax --sparse --sparse-version=1.0",
        "bsdtar --format=ustar",
        "bsdtar --format=gnutar",
        "bsdtar --format=pax --read-sparse",
        "bsdtar --format=paxr"
      })
  void areLaidOutAsTheProgramDoes(String program) throws Exception {
    String[] words = program.split(" ", -1);
    TarPrograms.require(words[0]);
    Path source = source();
    // A pipe, to which both pad: bsdtar behind the compression.
    String pack = program + " -cf - -C " + source + " . | cat > archive.tar";
    assertThat(TarPrograms.run(directory, List.of("sh", "-c", pack))).isZero();
    Path theirs = Files.createDirectory(directory.resolve("theirs"));
    assertThat(
            TarPrograms.run(
                directory, List.of("tar", "-xpf", "archive.tar", "-C", theirs.toString())))
        .isZero();
    byte[] tar = Files.readAllBytes(directory.resolve("archive.tar"));

    for (ReleaseFormat format : ReleaseFormat.values()) {
      Path archive =
          Files.write(
              directory.resolve("archive" + format.suffix()), Tarball.compress(format, tar));
      assertThat(TarPrograms.tree(laidOut(archive, format)))
          .isEqualTo(TarPrograms.tree(theirs))
          .containsEntry("through", "-> lib/a.jar")
          .containsKeys("lib/holes", "lib/a.jar", "second.jar");
    }
  }

  @Test
  void compressedByBsdtarThroughAPipe() throws Exception {
    TarPrograms.require("bsdtar");
    Path source = source();
    for (String flag : List.of("z", "-zstd")) {
      ReleaseFormat format = flag.equals("z") ? ReleaseFormat.TAR_GZ : ReleaseFormat.TAR_ZST;
      Path archive = directory.resolve("piped" + format.suffix());
      String pack = "bsdtar -c -" + flag + " -f - -C " + source + " . | cat > " + archive;
      assertThat(TarPrograms.run(directory, List.of("sh", "-c", pack))).isZero();
      assertThat(Files.size(archive) % 10_240).as("padded").isZero();

      assertThat(TarPrograms.tree(laidOut(archive, format))).isEqualTo(TarPrograms.tree(source));
    }
  }

  private Path source() throws IOException {
    Path source = Files.createDirectory(directory.resolve("source"));
    Path lib = Files.createDirectory(source.resolve("lib"));
    Files.writeString(lib.resolve("a.jar"), "a".repeat(1000));
    Files.createLink(source.resolve("second.jar"), lib.resolve("a.jar"));
    Files.createSymbolicLink(source.resolve("through"), Path.of("lib/a.jar"));
    Files.writeString(source.resolve("empty"), "");
    Files.writeString(source.resolve("run.sh"), "#!/bin/sh");
    Files.setPosixFilePermissions(
        source.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
    // More pieces than a header of GNU's first way and one record behind it hold.
    try (RandomAccessFile holes = new RandomAccessFile(lib.resolve("holes").toFile(), "rw")) {
      for (int piece = 0; piece < 40; piece++) {
        holes.seek(piece * 65_536L + 4096);
        holes.write(("piece " + piece).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      holes.setLength(40 * 65_536L + 123);
    }
    try (RandomAccessFile hole = new RandomAccessFile(lib.resolve("hole").toFile(), "rw")) {
      hole.setLength(1_000_001);
    }
    return source;
  }

  private Path laidOut(Path archive, ReleaseFormat format) throws IOException {
    Path root = Files.createDirectory(directory.resolve("ours-" + archive.getFileName()));
    ArchiveSource source = new ArchiveSource(archive, format, LIMITS);
    new ReleaseWriter(root, source.manifest()).write(source);
    return root;
  }
}
