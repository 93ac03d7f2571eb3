package dev.fastdeploy.benchmarks.staging;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.PackedRelease;
import dev.fastdeploy.release.ReleaseOrigin;
import dev.fastdeploy.release.ReleasePacker;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.PublishedReleases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A release of many jars of one size, published to a store.
 *
 * @param commit its name
 * @param format how its archive is packed
 * @param files how many jars
 */
public record PublishedRelease(Commit commit, ReleaseFormat format, int files) {

  /** The limits on a release in benchmarks. */
  public static final StagingLimits LIMITS = new StagingLimits(1L << 32, 100_000);

  private static final long SEED = 17;

  /**
   * Makes and publishes a release.
   *
   * @param bytes of each jar; half of them can be compressed, as in a jar of class files
   * @param folder for its files
   */
  public static PublishedRelease publish(
      PublishedReleases store, ReleaseFormat format, int files, int bytes, Path folder)
      throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("release/lib"));
    Random random = new Random(SEED);
    for (int i = 0; i < files; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      Arrays.fill(content, 0, bytes / 2, (byte) i);
      Files.write(libraries.resolve("library-" + i + ".jar"), content);
    }
    Commit commit = new Commit("benchmark");
    try (PackedRelease packed =
        new ReleasePacker(LIMITS, new ReleaseOrigin(store.app(), commit))
            .pack(folder.resolve("release"), format, folder)) {
      store.publish(commit, packed.file(), packed.format(), packed.sha256());
    }
    return new PublishedRelease(commit, format, files);
  }

  /** The archive's name in the store. */
  String archiveName() {
    return commit.id() + format.suffix();
  }
}
