package dev.fastdeploy.launcher.fleet.plan;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members in one state: their number, and those that wait for their turn, with serving ones
 * apart.
 */
final class Line {

  /** By zone, then in order of arrival. */
  static final Comparator<MemberDeploy> ORDER =
      Comparator.<MemberDeploy>comparingInt(member -> member.zoneRank)
          .thenComparing(member -> member.zone)
          .thenComparingLong(member -> member.number);

  /**
   * Members that were there at the beginning come first: others are judged by what those report.
   */
  static final Comparator<MemberDeploy> PLANNED_FIRST =
      Comparator.<MemberDeploy, Boolean>comparing(member -> member.joined).thenComparing(ORDER);

  private final Comparator<MemberDeploy> order;
  private final TreeSet<MemberDeploy> serving;
  private final TreeSet<MemberDeploy> down;

  private int members;

  /** Creates an empty line. */
  Line(Comparator<MemberDeploy> order) {
    this.order = order;
    this.serving = new TreeSet<>(order);
    this.down = new TreeSet<>(order);
  }

  /** Adds to the number of members in the state, waiting or not. */
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

  /** Returns the first serving member, or null. */
  @Nullable MemberDeploy serving() {
    return serving.isEmpty() ? null : serving.first();
  }

  /** Returns the first member that does not serve, or null. */
  @Nullable MemberDeploy down() {
    return down.isEmpty() ? null : down.first();
  }

  /** Returns the first member, or null. */
  @Nullable MemberDeploy first() {
    MemberDeploy up = serving();
    MemberDeploy other = down();
    if (up == null || other == null) {
      return up == null ? other : up;
    }
    return order.compare(up, other) < 0 ? up : other;
  }
}
