package dev.fastdeploy.release;

import dev.fastdeploy.contract.Text;
import dev.fastdeploy.release.ReleaseEntry.File;
import dev.fastdeploy.release.ReleaseEntry.HardLink;
import dev.fastdeploy.release.ReleaseEntry.SymbolicLink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds links that lead out of a release. A link is followed as the kernel follows it, through
 * other links, because {@code a/link/..} is not {@code a} if {@code link} is a link. Each link is
 * followed only once, so that the total cost grows with the length of their targets.
 */
final class LinkCheck {

  /** The number of links that Linux follows before it gives up (ELOOP). */
  private static final int MOST_LINKS = 40;

  /** The longest path on Linux (PATH_MAX), including the final zero. */
  private static final int LONGEST_TARGET = 4095;

  /**
   * The limit on names in the targets of all links: more than a hundred thousand ordinary links
   * have.
   */
  private static final int MOST_PARTS = 4_000_000;

  private final Map<ReleasePath, ReleaseEntry> entries;
  private final Node root = new Node(null);
  private int parts;

  LinkCheck(Map<ReleasePath, ReleaseEntry> entries) {
    this.entries = entries;
    for (ReleaseEntry entry : entries.values()) {
      if (entry instanceof SymbolicLink link) {
        nodeOf(link.path()).link = link;
      }
    }
  }

  private Node nodeOf(ReleasePath path) {
    Node node = root;
    for (String part : path.value().split("/", -1)) {
      Node parent = node;
      node = node.children.computeIfAbsent(part, name -> new Node(parent));
    }
    return node;
  }

  /** Refuses a hard link to anything but a file of the release. */
  void check(HardLink link) throws UnsafeArchiveException {
    if (!(entries.get(link.file()) instanceof File)) {
      throw refused(link, link.file().value(), "is not a file of the release");
    }
  }

  /** Refuses a link that is absolute, or leads out of the release or in a circle. */
  void check(SymbolicLink link) throws UnsafeArchiveException {
    follow(nodeOf(link.path()), link, 1);
  }

  /**
   * Finds where a link leads.
   *
   * @param depth how many links are being followed, this one included
   */
  private Destination follow(Node node, SymbolicLink link, int depth)
      throws UnsafeArchiveException {
    Destination known = node.destination;
    if (known != null) {
      return known;
    }
    String target = link.target();
    checkTarget(link, target);
    if (depth > MOST_LINKS) {
      throw refused(link, target, "leads in a circle");
    }
    Node place = node.parent;
    // Names below the place that lead through no link, whether they exist or not.
    int below = 0;
    int followed = 1;
    int from = 0;
    while (from <= target.length()) {
      int slash = target.indexOf('/', from);
      int end = slash < 0 ? target.length() : slash;
      String part = target.substring(from, end);
      from = end + 1;
      count(link);
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        if (below > 0) {
          below--;
        } else {
          place = place == null ? null : place.parent;
          if (place == null) {
            throw refused(link, target, "leads out of the release");
          }
        }
        continue;
      }
      Node child = below > 0 || place == null ? null : place.children.get(part);
      if (child == null) {
        below++;
        continue;
      }
      place = child;
      SymbolicLink next = child.link;
      if (next != null) {
        Destination there = follow(child, next, depth + 1);
        place = there.place;
        below = there.below;
        followed += there.followed;
        if (followed > MOST_LINKS) {
          throw refused(link, target, "leads in a circle");
        }
      }
    }
    Destination found = new Destination(place, below, followed);
    node.destination = found;
    return found;
  }

  private void count(SymbolicLink link) throws UnsafeArchiveException {
    parts++;
    if (parts > MOST_PARTS) {
      throw refused(
          link,
          link.target(),
          "is too much: the links of the release have too many parts in total");
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

  private static UnsafeArchiveException refused(ReleaseEntry link, String target, String reason) {
    return UnsafeArchiveException.entry(
        link.path().value(), "is a link to '" + Text.shortened(target, 200) + "', which " + reason);
  }

  /** A name in the release that leads to a link or is one. */
  private static final class Node {

    private final @Nullable Node parent;
    private final Map<String, Node> children = new HashMap<>();
    private @Nullable SymbolicLink link;
    private @Nullable Destination destination;

    Node(@Nullable Node parent) {
      this.parent = parent;
    }
  }

  /**
   * The destination of a link.
   *
   * @param below number of names below the place, which lead through no link
   * @param followed number of links on the way, including the first
   */
  private record Destination(@Nullable Node place, int below, int followed) {}
}
