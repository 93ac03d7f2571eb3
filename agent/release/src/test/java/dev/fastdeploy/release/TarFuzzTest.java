package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.release.format.ReleaseFormat;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives of GNU tar with bytes changed: refused, or laid out as GNU tar lays them out, and
 * nothing outside of the release either way.
 */
class TarFuzzTest {

  private static final StagingLimits LIMITS = new StagingLimits(1 << 20, 200);
  private static final long MOST_CPU = TimeUnit.SECONDS.toNanos(10);
  private static final byte[] TYPES = "0\0001234567LKSxgDMNVX".getBytes(StandardCharsets.US_ASCII);
  private static final String[] WORDS = {
    "..", "/", "../", "/etc", "./", "a", "lib/", "0", "7777777", "GNU.sparse.", "path=", " ", "\n"
  };

  @TempDir private Path directory;

  @Test
  void isRefusedOrLaidOutAsTarDoes() throws Exception {
    TarPrograms.require("tar");
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(Integer.getInteger("fastdeploy.fuzz.seconds", 2));
    List<byte[]> originals = originals();
    int accepted = 0;
    for (int round = 0; round < 40 || System.nanoTime() < end; round++) {
      accepted += check(originals, new Random(seed + round), seed + round) ? 1 : 0;
    }
    assertThat(accepted).isPositive();
  }

  /** GNU tar takes the pieces of a sparse file for the whole file there. */
  @Test
  void mapsOfHolesInHeadersOfAnotherKindAreRefused() throws Exception {
    TarPrograms.require("tar");
    List<byte[]> originals = originals();
    for (byte[] tar : List.of(originals.get(1), originals.get(3), originals.get(5))) {
      for (String magic : List.of("ustar  \0", "ustar\00000", "ustar   ", "\0\0\0\0\0\0\0\0")) {
        byte[] changed = tar.clone();
        boolean same = true;
        for (int at = 0; at + 512 <= tar.length; at += 512) {
          if (new String(tar, at + 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
            byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
            same &= Arrays.equals(tar, at + 257, at + 257 + 8, bytes, 0, 8);
            System.arraycopy(bytes, 0, changed, at + 257, 8);
            correctChecksum(changed, at);
          }
        }
        Path archive =
            Files.write(
                directory.resolve("archive"), Tarball.compress(ReleaseFormat.TAR_GZ, changed));
        ArchiveSource source = new ArchiveSource(archive, ReleaseFormat.TAR_GZ, LIMITS);
        if (same) {
          assertThat(source.manifest()).isNotNull();
        } else {
          assertThatThrownBy(source::manifest)
              .as(magic)
              .isInstanceOf(UnsafeArchiveException.class)
              .hasMessageContaining("holes");
        }
      }
    }
  }

  private boolean check(List<byte[]> originals, Random random, long seed) throws Exception {
    byte[] tar = originals.get(random.nextInt(originals.size())).clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      tar = mutated(tar, random);
    }
    Path round = Files.createTempDirectory(directory, "round");
    Path root = Files.createDirectory(round.resolve("ours"));
    ReleaseFormat format = ReleaseFormat.TAR_GZ;
    Path archive = Files.write(round.resolve("archive"), Tarball.compress(format, tar));
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    boolean accepted = true;
    try {
      ArchiveSource source = new ArchiveSource(archive, format, LIMITS);
      new ReleaseWriter(root, source.manifest()).write(source);
    } catch (UnsafeArchiveException refused) {
      accepted = false;
      assertThat(refused.getMessage()).doesNotContain("\n").hasSizeLessThan(1000);
    }
    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(spent).as("CPU time, seed %s", seed).isLessThan(MOST_CPU);
    try (var names = Files.list(round)) {
      assertThat(names).as("outside of the release, seed %s", seed).hasSize(2);
    }
    if (accepted) {
      Path theirs = Files.createDirectory(round.resolve("theirs"));
      // Where tar itself complains, it has laid out less.
      if (TarPrograms.run(
              round, List.of("tar", "-xzpf", archive.toString(), "-C", theirs.toString()))
          == 0) {
        assertThat(TarPrograms.tree(root))
            .as("seed %s, in %s", seed, round)
            .isEqualTo(TarPrograms.tree(theirs));
      }
    }
    dev.fastdeploy.contract.DurableFiles.deleteTree(round);
    return accepted;
  }

  private static byte[] mutated(byte[] tar, Random random) {
    byte[] changed = tar.clone();
    int header = random.nextInt(Math.max(1, changed.length / 512)) * 512;
    switch (random.nextInt(7)) {
      case 0 -> changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      case 1 -> changed[header + 156] = TYPES[random.nextInt(TYPES.length)];
      case 2 -> word(changed, header + (random.nextBoolean() ? 0 : 157), random);
      case 3 ->
          word(
              changed,
              header + new int[] {100, 124, 136, 345, 257, 386}[random.nextInt(6)],
              random);
      case 4 -> word(changed, random.nextInt(changed.length), random);
      case 5 -> {
        int other = random.nextInt(Math.max(1, changed.length / 512)) * 512;
        System.arraycopy(tar, other, changed, header, 512);
      }
      default -> {
        int cut = random.nextInt(changed.length / 512) * 512;
        changed =
            Tarball.concatenate(
                Arrays.copyOf(changed, cut),
                Arrays.copyOfRange(changed, Math.min(cut + 512, changed.length), changed.length));
      }
    }
    if (random.nextInt(5) != 0) {
      for (int at = 0; at + 512 <= changed.length; at += 512) {
        if (at == header) {
          correctChecksum(changed, at);
        }
      }
    }
    return changed;
  }

  private static void word(byte[] tar, int at, Random random) {
    byte[] word = WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(word, 0, tar, at, Math.min(word.length, tar.length - at));
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

  private List<byte[]> originals() throws Exception {
    Path source = Files.createDirectory(directory.resolve("source"));
    Files.createDirectory(source.resolve("lib"));
    Files.writeString(source.resolve("lib/a.jar"), "a".repeat(600));
    Files.createLink(source.resolve("lib/b.jar"), source.resolve("lib/a.jar"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("lib/a.jar"));
    Files.writeString(source.resolve("n".repeat(120)), "long");
    try (RandomAccessFile holes = new RandomAccessFile(source.resolve("holes").toFile(), "rw")) {
      holes.seek(65_536);
      holes.write(7);
      holes.setLength(100_000);
    }
    List<byte[]> originals = new ArrayList<>();
    for (String format :
        List.of(
            "--format=gnu",
            "--format=gnu -S",
            "--format=pax",
            "--format=pax -S --sparse-version=0.0",
            "--format=pax -S --sparse-version=0.1",
            "--format=pax -S --sparse-version=1.0",
            "--format=ustar")) {
      Path tar = directory.resolve("original.tar");
      assertThat(
              TarPrograms.run(
                  directory,
                  List.of("sh", "-c", "tar " + format + " -cf " + tar + " -C " + source + " .")))
          .isIn(0, 2);
      originals.add(Files.readAllBytes(tar));
    }
    return originals;
  }
}
