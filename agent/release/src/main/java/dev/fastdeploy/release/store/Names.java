package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;

/**
 * The names of the two files of a published commit.
 *
 * @param archive the archive's name
 */
record Names(String archive) {

  static Names of(Commit commit, ArchiveKind kind) {
    return new Names(commit.id() + kind.suffix());
  }

  /** Returns the name of the checksum file. */
  String checksum() {
    return archive + Checksum.SUFFIX;
  }
}
