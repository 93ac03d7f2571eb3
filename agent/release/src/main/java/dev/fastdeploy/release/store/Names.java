package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.format.ReleaseFormat;

/**
 * The names of the two files of a published commit.
 *
 * @param archive the archive's name
 */
record Names(String archive) {

  static Names of(Commit commit, ReleaseFormat format) {
    return new Names(commit.id() + format.suffix());
  }

  /** Returns the name of the checksum file. */
  String checksum() {
    return archive + Checksum.SUFFIX;
  }
}
