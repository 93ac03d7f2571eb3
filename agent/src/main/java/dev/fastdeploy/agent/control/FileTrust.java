package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.CurrentUser;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Checks that a file may decide who is admitted. Anyone who can write the file could add
 * themselves, so only the service's user and root may.
 */
final class FileTrust {

  private static final int ROOT = 0;
  private static final int WRITE_BY_OTHERS = 022;
  private static final int READ_BY_OTHERS = 04;

  private FileTrust() {}

  /**
   * Refuses a file that others can write or replace, and anything that is not a regular file:
   * reading a pipe means waiting for its writer.
   *
   * @throws Refused with a message for the user, which continues the file's name
   */
  static void require(Path file, FileVersion version) throws IOException {
    if (!version.isRegular()) {
      throw new Refused("is not a regular file");
    }
    if ((version.mode() & WRITE_BY_OTHERS) != 0) {
      throw new Refused(
          "can be written by others (mode "
              + Integer.toOctalString(version.mode())
              + "); run chmod go-w "
              + file);
    }
    int self = CurrentUser.uid();
    if (version.owner() != ROOT && version.owner() != self) {
      throw new Refused(
          "belongs to user "
              + version.owner()
              + ", who can write it; give it to root or to user "
              + self
              + ", which the service runs as");
    }
    PathTrust.require(file);
  }

  /** Returns true if everybody may read it. */
  static boolean openToReaders(FileVersion version) {
    return (version.mode() & READ_BY_OTHERS) != 0;
  }

  /** A file that is not trusted. */
  static final class Refused extends IOException {

    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
