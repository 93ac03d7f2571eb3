package dev.fastdeploy.agent.control;

import dev.fastdeploy.contract.CurrentUser;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Checks that the path to a file can be trusted. Anyone who can write one of its directories can
 * put another file of root's in the file's place, or a link to one, and knows its contents. The
 * rules are those of sshd's StrictModes, except that a directory with the sticky bit may be
 * writable for all: nobody can replace another user's files in it.
 */
final class PathTrust {

  private static final int ROOT = 0;
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int WRITE_BY_OTHERS = 022;

  /** As many as Linux follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private PathTrust() {}

  /**
   * Refuses a path whose directories or links others can change.
   *
   * @throws FileTrust.Refused with a message for the user, which continues the file's name
   */
  static void require(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path root = absolute.getRoot();
    Deque<Path> left = new ArrayDeque<>();
    absolute.forEach(left::add);
    Path at = root;
    requireDirectory(root, Entry.of(root));
    int links = 0;
    while (!left.isEmpty()) {
      String name = left.remove().toString();
      if (name.equals("..")) {
        at = at.getParent() == null ? root : at.getParent();
        continue;
      }
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Path next = at.resolve(name);
      Entry entry = Entry.of(next);
      if (entry.type() == LINK) {
        if (++links > MOST_LINKS) {
          throw new FileSystemLoopException(file.toString());
        }
        requireOwner("is reached by the link '" + next + "'", entry);
        Path target = Files.readSymbolicLink(next);
        at = target.isAbsolute() ? root : at;
        prepend(left, target);
      } else {
        if (entry.type() == DIRECTORY) {
          requireDirectory(next, entry);
        }
        at = next;
      }
    }
  }

  private static void prepend(Deque<Path> left, Path target) {
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      left.addFirst(target.getName(i));
    }
  }

  private static void requireDirectory(Path directory, Entry entry) throws IOException {
    if ((entry.mode() & WRITE_BY_OTHERS) != 0 && (entry.mode() & STICKY) == 0) {
      throw new FileTrust.Refused(
          "can be replaced by others, who can write the directory '"
              + directory
              + "' (mode "
              + Integer.toOctalString(entry.mode())
              + "); run chmod go-w "
              + directory
              + ", or keep the file elsewhere");
    }
    requireOwner("can be replaced in the directory '" + directory + "'", entry);
  }

  private static void requireOwner(String what, Entry entry) throws IOException {
    int self = CurrentUser.uid();
    if (entry.owner() != ROOT && entry.owner() != self) {
      throw new FileTrust.Refused(
          what
              + ", which belongs to user "
              + entry.owner()
              + "; give that to root or to user "
              + self
              + ", which the service runs as, or keep the file elsewhere");
    }
  }

  private record Entry(int type, int mode, int owner) {

    static Entry of(Path path) throws IOException {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      int mode = number(found, "mode");
      return new Entry(mode & TYPE, mode & 07777, number(found, "uid"));
    }

    private static int number(Map<String, Object> found, String attribute) throws IOException {
      if (found.get(attribute) instanceof Integer number) {
        return number;
      }
      throw new IOException("the file system tells no " + attribute);
    }
  }
}
