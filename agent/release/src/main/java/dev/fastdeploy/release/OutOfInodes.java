package dev.fastdeploy.release;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Explains the failure of a file system that has bytes but no inodes left: its error is that of a
 * full one, although bytes are free. Java does not report inodes; the free bytes tell the two cases
 * apart.
 */
final class OutOfInodes {

  private static final String NO_SPACE = "No space left on device";

  /** With less than this, the last file may simply have been too large. */
  private static final long PLENTY = 1 << 20;

  private OutOfInodes() {}

  /**
   * Returns what to add to the message of a failed write, or an empty string if the reason was
   * another.
   */
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
              + " bytes are free, so the volume has run out of inodes (df -i): remove files there,"
              + " pack fewer, or give the volume more inodes";
    } catch (IOException unknown) {
      return "";
    }
  }
}
