package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.CurrentUser;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether a file may say who is let in. Whoever can write it could add himself, so that must be the
 * service's user or root alone.
 */
final class FileTrust {

  private static final int ROOT = 0;
  private static final int WRITE_BY_OTHERS = 022;
  private static final int READ_BY_OTHERS = 04;

  private FileTrust() {}

  /**
   * Refuses a file that others can write or replace, and what is none: to read a pipe is to wait
   * for whoever writes to it.
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

  /** Whether everybody may read it. */
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
