package dev.fastdeploy.release;

import dev.fastdeploy.contract.Text;
import dev.fastdeploy.release.ReleaseEntry.File;
import dev.fastdeploy.release.ReleaseEntry.HardLink;
import dev.fastdeploy.release.ReleaseEntry.SymbolicLink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds links that lead out of a release. A link is followed as the kernel follows it, through
 * other links, for {@code a/link/..} is not {@code a} when {@code link} is a link.
 */
final class LinkCheck {

  /** What Linux follows before it gives up (ELOOP). */
  private static final int MOST_LINKS = 40;

  private static final int LONGEST_TARGET = 4095;

  private final Map<ReleasePath, ReleaseEntry> entries;

  LinkCheck(Map<ReleasePath, ReleaseEntry> entries) {
    this.entries = entries;
  }

  /** Refuses a hard link to anything but a file of the release. */
  void check(HardLink link) throws UnsafeArchiveException {
    if (!(entries.get(link.file()) instanceof File)) {
      throw refused(link, link.file().value(), "is not a file of the release");
    }
  }

  /** Refuses a link that is absolute, or leads out of the release or in a circle. */
  void check(SymbolicLink link) throws UnsafeArchiveException {
    checkTarget(link, link.target());
    Deque<String> place = new ArrayDeque<>();
    link.path().parent().ifPresent(parent -> place.addAll(parts(parent.value())));
    Deque<String> ahead = new ArrayDeque<>(parts(link.target()));
    int followed = 1;
    while (!ahead.isEmpty()) {
      String part = ahead.removeFirst();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        if (place.pollLast() == null) {
          throw refused(link, link.target(), "leads out of the release");
        }
        continue;
      }
      place.addLast(part);
      if (entryAt(place) instanceof SymbolicLink next) {
        followed++;
        if (followed > MOST_LINKS) {
          throw refused(link, link.target(), "leads in a circle");
        }
        checkTarget(next, next.target());
        place.removeLast();
        List<String> detour = parts(next.target());
        Collections.reverse(detour);
        detour.forEach(ahead::addFirst);
      }
    }
  }

  private @Nullable ReleaseEntry entryAt(Deque<String> place) {
    String name = String.join("/", place);
    try {
      return entries.get(new ReleasePath(name));
    } catch (IllegalArgumentException noNameInARelease) {
      // Then nothing lies there, and the link dangles.
      return null;
    }
  }

  private static void checkTarget(SymbolicLink link, String target) throws UnsafeArchiveException {
    if (target.isEmpty()
        || target.getBytes(StandardCharsets.UTF_8).length > LONGEST_TARGET
        || target.indexOf('\uFFFD') >= 0
        || target.chars().anyMatch(Character::isISOControl)) {
      throw refused(link, target, "is not a valid target");
    }
    if (target.startsWith("/")) {
      throw refused(link, target, "is absolute; links in a release are relative");
    }
    if (!ReleasePath.writable(target)) {
      throw refused(
          link,
          target,
          "cannot be written by this JVM; start it in a UTF-8 locale (LC_ALL=C.UTF-8)");
    }
  }

  /** A fresh, mutable list. */
  private static List<String> parts(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  private static UnsafeArchiveException refused(ReleaseEntry link, String target, String reason) {
    return UnsafeArchiveException.entry(
        link.path().value(), "is a link to '" + Text.shortened(target, 200) + "', which " + reason);
  }
}
