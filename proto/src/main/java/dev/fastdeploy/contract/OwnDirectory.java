package dev.fastdeploy.contract;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The directory, below the one that the user names, that holds everything. The named one may have
 * any owner and mode, such as a volume of mode 0777; anyone who can write there can rename this one
 * away and put another in its place. So it is checked before each use: code is run from it.
 */
final class OwnDirectory {

  private static final String NAME = "fastdeploy";

  private final Path given;
  private final Path path;
  private final boolean rootSeesAll;

  /**
   * @param given the directory that the user names, absolute
   * @param rootSeesAll whether root may use another user's directory, too
   */
  OwnDirectory(Path given, boolean rootSeesAll) {
    this.given = given;
    this.path = given.resolve(NAME);
    this.rootSeesAll = rootSeesAll;
  }

  Path given() {
    return given;
  }

  Path path() {
    return path;
  }

  /**
   * Creates it, and the given one, if it is missing.
   *
   * @throws ForeignHomeException if it exists and another user may have filled it
   */
  void create() throws IOException {
    DurableFiles.createPrivateDirectory(given);
    try {
      DurableFiles.createPrivateDirectoryItself(path);
    } catch (FileAlreadyExistsException there) {
      // Its owner counts, whoever made it.
    }
    require();
  }

  /**
   * Requires that nobody else can have filled it.
   *
   * @throws ForeignHomeException if another user may have
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  Path require() throws IOException {
    FileOwnership ownership = FileOwnership.of(path);
    int user = CurrentUser.uid();
    Optional<String> foreign =
        ownership.foreignDirectoryBecause(
            rootSeesAll && user == CurrentUser.ROOT ? ownership.uid() : user);
    if (foreign.isPresent()) {
      throw new ForeignHomeException(
          "'" + path + "' " + foreign.get(),
          "remove it, or name another directory with " + Setting.HOME.option());
    }
    if (ownership.openToOthers()) {
      close();
    }
    return path;
  }

  private void close() {
    try {
      // Never follow a link that may be there by now.
      Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(PosixFilePermissions.fromString("rwx------"));
    } catch (IOException unwritable) {
      // Others can read it, on a read-only file system. Nobody can change it.
    }
  }
}
