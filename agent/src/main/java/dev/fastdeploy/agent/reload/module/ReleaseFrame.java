package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The place where the command was given. It decides which of its paths are in the release.
 *
 * @param workingDirectory the directory that its relative paths are relative to
 * @param release real path of the running release
 */
record ReleaseFrame(Path workingDirectory, Path release) {

  /**
   * Returns the path relative to the release, even if reached through a link, or absolute if
   * outside.
   */
  Path within(String written) {
    Path path = workingDirectory.resolve(written).normalize();
    for (Path above = path; above != null; above = above.getParent()) {
      if (isRelease(above)) {
        return above.relativize(path);
      }
    }
    return path;
  }

  private boolean isRelease(Path path) {
    try {
      return path.toRealPath().equals(release);
    } catch (IOException missing) {
      return false;
    }
  }
}
