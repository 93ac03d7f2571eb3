package dev.fastdeploy.benchmarks.staging;

import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory on the same disk; curl reads it by a file URL. */
public final class DirectorySource implements Source {

  private static final String APP = "shop";

  private final Path directory;
  private final PublishedReleases store;

  /**
   * @param directory is created
   */
  public DirectorySource(Path directory) throws IOException {
    this.directory = Files.createDirectory(directory);
    this.store =
        ReleaseStores.open(new StoreLocation(directory.toString(), APP, null, null, false));
  }

  @Override
  public PublishedReleases store() {
    return store;
  }

  @Override
  public List<String> curlArguments(PublishedRelease release) {
    return List.of(directory.resolve(APP).resolve(release.archiveName()).toUri().toString());
  }

  @Override
  public void close() {
    store.close();
  }
}
