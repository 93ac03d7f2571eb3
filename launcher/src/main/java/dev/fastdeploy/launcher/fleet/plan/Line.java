package dev.fastdeploy.launcher.fleet.plan;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members in one state: how many there are, and those that wait there for their turn, by zone,
 * then as they came; who serves apart.
 */
final class Line {

  static final Comparator<MemberDeploy> ORDER =
      Comparator.<MemberDeploy>comparingInt(member -> member.zoneRank)
          .thenComparing(member -> member.zone)
          .thenComparingLong(member -> member.number);

  private final TreeSet<MemberDeploy> serving = new TreeSet<>(ORDER);
  private final TreeSet<MemberDeploy> down = new TreeSet<>(ORDER);

  private int members;

  /** So many more are in the state, waiting or not. */
  void count(int more) {
    members += more;
  }

  int members() {
    return members;
  }

  void add(MemberDeploy member) {
    (member.serves() ? serving : down).add(member);
  }

  void remove(MemberDeploy member) {
    (member.serves() ? serving : down).remove(member);
  }

  /** Who serves and is first. */
  @Nullable MemberDeploy serving() {
    return serving.isEmpty() ? null : serving.first();
  }

  /** Who does not serve and is first. */
  @Nullable MemberDeploy down() {
    return down.isEmpty() ? null : down.first();
  }

  /** Who is first. */
  @Nullable MemberDeploy first() {
    MemberDeploy up = serving();
    MemberDeploy other = down();
    if (up == null || other == null) {
      return up == null ? other : up;
    }
    return ORDER.compare(up, other) < 0 ? up : other;
  }
}
