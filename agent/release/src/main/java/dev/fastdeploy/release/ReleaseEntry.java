package dev.fastdeploy.release;

import java.nio.file.attribute.FileTime;

/** An entry of a release. Owners are not kept: everything belongs to the user that stages. */
public sealed interface ReleaseEntry {

  /** Returns its path in the release. */
  ReleasePath path();

  /**
   * A directory.
   *
   * @param mode permission bits, at most 0777
   * @param modified kept on disk
   */
  record Directory(ReleasePath path, int mode, FileTime modified) implements ReleaseEntry {}

  /**
   * A regular file.
   *
   * @param mode permission bits, at most 0777
   * @param modified kept on disk, because class-data archives depend on it
   * @param size in bytes
   */
  record File(ReleasePath path, int mode, FileTime modified, long size) implements ReleaseEntry {}

  /**
   * A symbolic link.
   *
   * @param target relative to the link's directory, as symlink(2) takes it
   * @param modified kept on disk
   */
  record SymbolicLink(ReleasePath path, String target, FileTime modified) implements ReleaseEntry {}

  /**
   * A second name of a file of the release.
   *
   * @param file the path of a {@link File}
   */
  record HardLink(ReleasePath path, ReleasePath file) implements ReleaseEntry {}
}
