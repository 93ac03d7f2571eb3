package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file system that has bytes and no inodes left says the same as a full one, and who looks at the
 * bytes finds nothing. Java does not tell the number of inodes; what is left of bytes tells which
 * of the two it is.
 */
final class OutOfInodes {

  private static final String NO_SPACE = "No space left on device";

  /** Below this the last file may well have been too large for what was left. */
  private static final long PLENTY = 1 << 20;

  private OutOfInodes() {}

  /** What to add to the message of a failed write; empty if something else was the reason. */
  static String hint(IOException failure, FreeSpace freeSpace, Path directory) {
    if (!Diagnostics.reason(failure).contains(NO_SPACE)) {
      return "";
    }
    try {
      long free = freeSpace.at(directory);
      return free < PLENTY
          ? ""
          : "; "
              + free
              + " bytes are free, so it is the number of files that is used up (df -i): remove"
              + " files there, pack fewer or give the volume more inodes";
    } catch (IOException unknown) {
      return "";
    }
  }
}
