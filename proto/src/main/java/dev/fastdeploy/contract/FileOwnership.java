package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The owner of a file, and who else may change it.
 *
 * @param uid the owner's number
 * @param mode the file's type and permissions, as in {@code st_mode} (inode(7))
 */
record FileOwnership(int uid, int mode) {

  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int WRITE_BY_OTHERS = 0022;
  private static final int ANYTHING_BY_OTHERS = 0077;

  /**
   * Returns the ownership of a file; of a link itself, not its target.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  static FileOwnership of(Path file) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    return new FileOwnership(
        (Integer) Objects.requireNonNull(attributes.get("uid")),
        (Integer) Objects.requireNonNull(attributes.get("mode")));
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Returns true if others can at least look at it. */
  boolean openToOthers() {
    return (mode & ANYTHING_BY_OTHERS) != 0;
  }

  /**
   * Returns why somebody else may have filled it; empty if it is a directory that only this user
   * can have filled.
   */
  Optional<String> foreignDirectoryBecause() throws IOException {
    return foreignDirectoryBecause(CurrentUser.uid());
  }

  Optional<String> foreignDirectoryBecause(int user) {
    if (!isDirectory()) {
      return Optional.of(isLink() ? "is a link" : "is not a directory");
    }
    if (uid != user) {
      return Optional.of("belongs to the user " + number(uid) + ", not to " + number(user));
    }
    return (mode & WRITE_BY_OTHERS) != 0
        ? Optional.of(
            "can be written by other users (mode " + Integer.toOctalString(mode & 07777) + ")")
        : Optional.empty();
  }

  /** User numbers are unsigned. */
  private static String number(int uid) {
    return Integer.toUnsignedString(uid);
  }
}
