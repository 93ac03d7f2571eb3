package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** Opens the releases of a location. The AWS SDK is loaded only for a location in S3. */
public final class ReleaseStores {

  private ReleaseStores() {}

  /**
   * Returns the configured store, without connecting to it.
   *
   * @throws IllegalArgumentException if a value is missing or wrong, with a message for the user
   */
  public static PublishedReleases of(Settings settings) {
    return open(StoreLocation.of(settings), silence(settings));
  }

  /**
   * Checks the configuration without opening the store, which would load the AWS SDK for a location
   * in S3.
   *
   * @throws IllegalArgumentException if a value is missing or wrong, with a message for the user
   */
  public static void check(Settings settings) {
    if (StoreLocation.of(settings).root() instanceof StoreLocation.Bucket) {
      JdkUrls.keep();
    }
    silence(settings);
  }

  private static Duration silence(Settings settings) {
    Duration silence = settings.requiredDuration(Setting.STORE_TIMEOUT);
    if (silence.isZero()) {
      throw new IllegalArgumentException(
          Setting.STORE_TIMEOUT.option()
              + " '"
              + settings.shown(Setting.STORE_TIMEOUT)
              + "' leaves no time; write one like 5s or 1m");
    }
    return silence;
  }

  /** Returns the store with the default timeouts, without connecting to it. */
  public static PublishedReleases open(StoreLocation location) {
    return open(location, silence(Settings.ofAgent("", new Properties(), Map.of())));
  }

  private static PublishedReleases open(StoreLocation location, Duration silence) {
    return new PublishedReleases(location.app(), location.description(), blobs(location, silence));
  }

  private static BlobStore blobs(StoreLocation location, Duration silence) {
    StoreLocation.Root root = location.root();
    if (root instanceof StoreLocation.Bucket bucket) {
      return new S3Blobs(location, bucket, S3Patience.of(silence));
    }
    return new DirectoryBlobs(((StoreLocation.Directory) root).path(), location.app());
  }
}
