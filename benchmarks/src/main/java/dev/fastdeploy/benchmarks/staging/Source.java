package dev.fastdeploy.benchmarks.staging;

import dev.fastdeploy.release.store.ReleaseStore;
import java.util.List;

/** Where a published release can be had: the same place for fastdeploy and for curl. */
public interface Source extends AutoCloseable {

  /** How fastdeploy reads it. */
  ReleaseStore store();

  /** How curl reads an archive: its arguments, the URL among them. */
  List<String> curlArguments(PublishedRelease release);

  @Override
  void close();
}
