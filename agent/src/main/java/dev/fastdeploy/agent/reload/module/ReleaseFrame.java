package dev.fastdeploy.agent.reload.module;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the command was given: says which of its paths lie in the release.
 *
 * @param workingDirectory that its relative paths are relative to
 * @param release real path of the running release
 */
record ReleaseFrame(Path workingDirectory, Path release) {

  /** The path below the release, also if it was reached over a link; otherwise absolute. */
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
