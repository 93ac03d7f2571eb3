package dev.fastdeploy.benchmarks.staging;

import dev.fastdeploy.release.store.PublishedReleases;
import java.util.List;

/** The place of a published release, the same for fastdeploy and for curl. */
public interface Source extends AutoCloseable {

  /** Returns the store by which fastdeploy reads it. */
  PublishedReleases store();

  /** Returns the arguments with which curl reads an archive, including the URL. */
  List<String> curlArguments(PublishedRelease release);

  @Override
  void close();
}
