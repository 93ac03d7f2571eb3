package dev.fastdeploy.benchmarks.way;

import dev.fastdeploy.benchmarks.service.BuiltRelease;
import dev.fastdeploy.release.PackedRelease;
import dev.fastdeploy.release.ReleaseOrigin;
import dev.fastdeploy.release.ReleasePacker;
import dev.fastdeploy.release.StagingLimits;
import dev.fastdeploy.release.format.ReleaseFormat;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The directory into which releases are published, once each.
 *
 * @param directory where it lies
 */
public record Store(Path directory) {

  /** The application's name in it. */
  static final String APP = "bench";

  private static final StagingLimits LIMITS = new StagingLimits(1L << 32, 100_000);

  /** Publishes a release, packed as the command does unless told otherwise. */
  public void publish(BuiltRelease release) throws IOException {
    StoreLocation location = new StoreLocation(directory.toString(), APP, null, null, false);
    try (PublishedReleases store = ReleaseStores.open(location);
        PackedRelease packed =
            new ReleasePacker(LIMITS, new ReleaseOrigin(APP, release.commit()))
                .pack(release.directory(), ReleaseFormat.TAR_GZ, directory)) {
      store.publish(release.commit(), packed.file(), packed.format(), packed.sha256());
    }
  }

  /** The archive of a published release, for who unpacks it without fastdeploy. */
  Path archive(BuiltRelease release) {
    return directory.resolve(APP).resolve(release.commit() + ".tar.gz");
  }
}
