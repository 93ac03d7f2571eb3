package dev.fastdeploy.agent.reload.redefine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * An entry at a path of a release. Times and owners are not kept, since they make no difference.
 *
 * @param kind its kind in one word
 * @param mode permission bits; 0 for a link, which has none
 * @param target target of a link; empty otherwise
 */
record ReleaseFile(Kind kind, int mode, String target) {

  /** The kind of entry. */
  enum Kind {
    DIRECTORY("a directory"),
    FILE("a file"),
    LINK("a link"),
    OTHER("neither a file nor a directory nor a link");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private static final int PERMISSIONS = 07777;

  /** Reads the entry at a path, without following a link. */
  static ReleaseFile of(Path path, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return new ReleaseFile(Kind.LINK, 0, Files.readSymbolicLink(path).toString());
    }
    Kind kind =
        attributes.isDirectory()
            ? Kind.DIRECTORY
            : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return new ReleaseFile(kind, mode & PERMISSIONS, "");
  }

  boolean isFile() {
    return kind == Kind.FILE;
  }

  boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /**
   * Compares everything but a file's contents.
   *
   * @throws DifferenceException if something differs
   */
  void requireSame(ReleaseFile newer) throws DifferenceException {
    if (newer.kind != kind) {
      throw new DifferenceException("it changed from " + kind.text + " to " + newer.kind.text);
    }
    if (!newer.target.equals(target)) {
      throw new DifferenceException("the link changed from " + target + " to " + newer.target);
    }
    if (newer.mode != mode) {
      throw new DifferenceException(
          "its mode changed from " + octal(mode) + " to " + octal(newer.mode));
    }
  }

  private static String octal(int mode) {
    return String.format(Locale.ROOT, "%04o", mode);
  }
}
