package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.DurableFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where links lead, against the kernel's own opinion. */
class LinkCheckTest {

  private static final StagingLimits LIMITS = new StagingLimits(1 << 20, 20_000);
  private static final FileTime TIME = FileTime.fromMillis(0);

  @TempDir private Path directory;

  @Test
  void whatIsAcceptedStaysInTheReleaseAsTheKernelSeesIt() throws Exception {
    long seed = Long.getLong("fastdeploy.fuzz.seed", System.nanoTime());
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(Integer.getInteger("fastdeploy.fuzz.seconds", 2));
    int accepted = 0;
    for (int round = 0; round < 50 || System.nanoTime() < end; round++) {
      accepted += check(new Random(seed + round), seed + round) ? 1 : 0;
    }
    assertThat(accepted).isPositive();
  }

  /** One graph: laid out below an outer directory, whose own names the links may reach for. */
  private boolean check(Random random, long seed) throws IOException {
    Path outer = Files.createTempDirectory(directory, "outer");
    Path root = Files.createDirectory(outer.resolve("d"));
    Files.writeString(outer.resolve("secret"), "");
    List<String> directories = new ArrayList<>(List.of(""));
    ManifestBuilder manifest = new ManifestBuilder(LIMITS);
    add(manifest, root, "f");
    for (String name : new String[] {"a", "b", "a/c", "a/c/d", "b/e"}) {
      Files.createDirectory(root.resolve(name));
      manifest.addDirectory(path(name), 0755, TIME);
      directories.add(name + "/");
      if (random.nextBoolean()) {
        add(manifest, root, name + "/f");
      }
    }
    List<Path> links = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String name = directories.get(random.nextInt(directories.size())) + "l" + i;
      String target = target(random);
      manifest.addSymbolicLink(path(name), target, TIME);
      links.add(Files.createSymbolicLink(root.resolve(name), Path.of(target)));
    }
    String refusal = "";
    try {
      manifest.build();
    } catch (UnsafeArchiveException refused) {
      refusal = String.valueOf(refused.getMessage());
    }
    boolean looped = false;
    for (Path link : links) {
      try {
        Path real = link.toRealPath();
        assertThat(refusal.isEmpty() && !real.startsWith(root.toRealPath()))
            .as("%s leads out to %s, seed %s", link, real, seed)
            .isFalse();
      } catch (NoSuchFileException dangling) {
        // It leads nowhere, so it may stay.
      } catch (FileSystemException failure) {
        looped |=
            failure instanceof FileSystemLoopException
                || String.valueOf(failure.getMessage()).contains("Too many levels");
      }
    }
    assertThat(looped && refusal.isEmpty()).as("loops, seed %s", seed).isFalse();
    DurableFiles.deleteTree(outer);
    return refusal.isEmpty();
  }

  private static void add(ManifestBuilder manifest, Path root, String name) throws IOException {
    Files.writeString(root.resolve(name), "");
    manifest.addFile(path(name), 0644, TIME, 0);
  }

  private static ReleasePath path(String name) {
    return new ReleasePath(name);
  }

  private static String target(Random random) {
    String[] parts = {
      "..", ".", "", "a", "b", "c", "d", "e", "f", "l0", "l1", "l2", "l3", "l4", "gone"
    };
    StringBuilder target = new StringBuilder(parts[3 + random.nextInt(parts.length - 3)]);
    if (random.nextInt(3) == 0) {
      target = new StringBuilder("..");
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      target.append('/').append(parts[random.nextInt(parts.length)]);
    }
    return target.toString();
  }

  @Test
  void aChainOfAsManyLinksAsTheKernelFollows() throws Exception {
    assertThat(chain(40).entries()).hasSize(41);
    assertThatThrownBy(() -> chain(41))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("circle");
  }

  private static ReleaseManifest chain(int links) throws UnsafeArchiveException {
    ManifestBuilder manifest = new ManifestBuilder(LIMITS);
    manifest.addFile(path("f"), 0644, TIME, 0);
    for (int i = 0; i < links; i++) {
      manifest.addSymbolicLink(path("l" + i), i == 0 ? "f" : "l" + (i - 1), TIME);
    }
    return manifest.build();
  }

  @Test
  void manyLinksWithLongTargetsCostLittle() throws Exception {
    ManifestBuilder manifest = new ManifestBuilder(LIMITS);
    manifest.addFile(path("f"), 0644, TIME, 0);
    manifest.addDirectory(path("a"), 0755, TIME);
    String around = "a/../".repeat(600);
    for (int i = 0; i < 1000; i++) {
      manifest.addSymbolicLink(path("l" + i), around + (i % 30 == 0 ? "f" : "l" + (i - 1)), TIME);
    }
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

    assertThat(manifest.build().entries()).hasSize(1002);

    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(spent).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void linksWithTooMuchToFollowAreRefused() throws Exception {
    ManifestBuilder manifest = new ManifestBuilder(LIMITS);
    manifest.addFile(path("f"), 0644, TIME, 0);
    String long1 = "./".repeat(2040) + "f";
    for (int i = 0; i < 2500; i++) {
      manifest.addSymbolicLink(path("l" + i), long1, TIME);
    }
    assertThatThrownBy(manifest::build)
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("too many parts in total");
  }
}
