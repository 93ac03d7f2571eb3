package dev.fastdeploy.release.store;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;

/**
 * What the two files of one published commit are called.
 *
 * @param archive the archive's name
 */
record Names(String archive) {

  static Names of(Commit commit, ArchiveKind kind) {
    return new Names(commit.id() + kind.suffix());
  }

  /** The name of the file with the checksum. */
  String checksum() {
    return archive + Checksum.SUFFIX;
  }
}
