package dev.fastdeploy.release.store;

/** Opens the store of a location. The AWS SDK is loaded only for a location in S3. */
public final class ReleaseStores {

  private ReleaseStores() {}

  /** The store; nothing is reached yet. */
  public static ReleaseStore open(StoreLocation location) {
    StoreLocation.Place place = location.place();
    if (place instanceof StoreLocation.Bucket bucket) {
      return new S3Store(location, bucket);
    }
    return new DirectoryStore((StoreLocation.Directory) place, location);
  }
}
