package dev.fastdeploy.launcher.fleet.plan;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members in one state: how many there are, and those that wait there for their turn, who
 * serves apart.
 */
final class Line {

  /** By zone, then as they came. */
  static final Comparator<MemberDeploy> ORDER =
      Comparator.<MemberDeploy>comparingInt(member -> member.zoneRank)
          .thenComparing(member -> member.zone)
          .thenComparingLong(member -> member.number);

  /** Who was there at the beginning comes first: others are judged by what those tell. */
  static final Comparator<MemberDeploy> PLANNED_FIRST =
      Comparator.<MemberDeploy, Boolean>comparing(member -> member.joined).thenComparing(ORDER);

  private final Comparator<MemberDeploy> order;
  private final TreeSet<MemberDeploy> serving;
  private final TreeSet<MemberDeploy> down;

  private int members;

  /** Without a member. */
  Line(Comparator<MemberDeploy> order) {
    this.order = order;
    this.serving = new TreeSet<>(order);
    this.down = new TreeSet<>(order);
  }

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
    return order.compare(up, other) < 0 ? up : other;
  }
}
