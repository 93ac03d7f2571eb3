package dev.fastdeploy.launcher.fleet.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members, and the number of each kind. The counts are kept at each change, so that no decision
 * walks the fleet.
 */
final class Members {

  private final Map<MemberId, MemberDeploy> byId = new HashMap<>();
  private final Map<String, MemberDeploy> byIdentity = new HashMap<>();
  private final Map<MemberId, MemberDeploy> distinct = new LinkedHashMap<>();
  private final Map<MemberState, Line> lines = new EnumMap<>(MemberState.class);
  private final TreeSet<MemberDeploy> provenOut = new TreeSet<>(Line.ORDER);
  private long numbers;
  private int planned;
  private int joined;
  private int living;
  private int serving;
  private int taken;
  private int moved;
  private int thereAlready;
  private int unsurveyed;
  private int imagesAwaited;

  Members() {
    for (MemberState state : MemberState.values()) {
      lines.put(state, new Line(state == MemberState.SEEN ? Line.PLANNED_FIRST : Line.ORDER));
    }
  }

  @Nullable MemberDeploy find(MemberId id) {
    return byId.get(id);
  }

  @Nullable MemberDeploy findByIdentity(String identity) {
    return byIdentity.get(identity);
  }

  MemberDeploy add(Member seen, int zoneRank, boolean isJoined) {
    MemberDeploy member = new MemberDeploy(seen, ++numbers, zoneRank, isJoined);
    byId.put(member.id, member);
    distinct.put(member.id, member);
    count(member, 1);
    return member;
  }

  void identify(MemberDeploy member, String identity) {
    member.identity = identity;
    byIdentity.put(identity, member);
  }

  /** Takes a member out of the deploy. */
  void leaveOut(MemberDeploy member) {
    count(member, -1);
    distinct.remove(member.id);
    byId.values().removeIf(one -> one == member);
    byIdentity.values().removeIf(one -> one == member);
  }

  /** Merges two ids of one member, keeping what is known of the first. */
  void merge(MemberDeploy kept, MemberDeploy other) {
    count(other, -1);
    distinct.remove(other.id);
    for (MemberDeploy.Listing listing : other.listings) {
      byId.put(listing.id(), kept);
    }
    byId.put(other.id, kept);
    change(kept, () -> kept.listings.addAll(other.listings));
  }

  /** Notes that a member was asked and does not answer, so that it is not counted on. */
  void unheard(MemberDeploy member) {
    change(
        member,
        () -> {
          member.surveyed = true;
          member.connected = false;
          member.inService = false;
        });
  }

  /** Changes a member and keeps the counts. */
  void change(MemberDeploy member, Runnable change) {
    count(member, -1);
    change.run();
    count(member, 1);
  }

  private void count(MemberDeploy member, int by) {
    line(member.state).count(by);
    planned += member.joined ? 0 : by;
    joined += member.joined ? by : 0;
    living += member.isGone() ? 0 : by;
    serving += member.serves() ? by : 0;
    taken += member.state.isUnderWay() && member.took ? by : 0;
    unsurveyed += member.surveyed ? 0 : by;
    imagesAwaited += member.isImageAwaited() ? by : 0;
    boolean isHere = !member.isGone() && member.state != MemberState.UNREACHABLE;
    moved += isHere && member.moved ? by : 0;
    boolean isProven = !member.isGone() && member.state == MemberState.PROVEN;
    thereAlready += isProven && !member.moved ? by : 0;
    if (isProven && member.moved && !member.isUp()) {
      addOrRemove(by, () -> provenOut.add(member), () -> provenOut.remove(member));
    }
    if (member.waits()) {
      Line line = line(member.state);
      addOrRemove(by, () -> line.add(member), () -> line.remove(member));
    }
  }

  private static void addOrRemove(int by, Runnable add, Runnable remove) {
    if (by > 0) {
      add.run();
    } else {
      remove.run();
    }
  }

  Line line(MemberState state) {
    Line line = lines.get(state);
    if (line == null) {
      throw new IllegalStateException("no line for " + state);
    }
    return line;
  }

  int in(MemberState state) {
    return line(state).members();
  }

  /** Returns how many are not yet ready to be activated. */
  int preparing() {
    return in(MemberState.SEEN)
        + in(MemberState.CHECKING)
        + in(MemberState.CHECKED)
        + in(MemberState.STAGING);
  }

  int underWay() {
    return in(MemberState.ACTIVATING) + in(MemberState.RETURNING);
  }

  /** Returns whether all requests have ended, as far as members have reported. */
  boolean isQuiet() {
    return underWay() == 0 && unsurveyed() == 0;
  }

  /** Returns whether all requests have ended and no member is left to be asked. */
  boolean isSettled() {
    return isQuiet() && preparing() == 0 && in(MemberState.STAGED) == 0;
  }

  /** Returns how many of those under way served when they were asked. */
  int taken() {
    return taken;
  }

  int planned() {
    return planned;
  }

  int joined() {
    return joined;
  }

  /** Returns how many members the sources know. */
  int living() {
    return living;
  }

  /** Returns how many count for the budget. Vanished members do not. */
  int fleet() {
    return planned + joined - in(MemberState.VANISHED);
  }

  /** Returns how many can be counted on. */
  int serving() {
    return serving;
  }

  /** Returns how many were asked to run the commit and answer. */
  int moved() {
    return moved;
  }

  /** Returns how many ran the commit before they were asked. */
  int thereAlready() {
    return thereAlready;
  }

  /** Returns how many have not answered since this owner took over. */
  int unsurveyed() {
    return unsurveyed;
  }

  /** Returns whether some that were there at the beginning have not reported their image yet. */
  boolean awaitsImages() {
    return imagesAwaited > 0;
  }

  /** Returns the members that were proven and are not in service. */
  List<MemberDeploy> provenOut() {
    return new ArrayList<>(provenOut);
  }

  /** Returns each member once, for the few occasions on which all are concerned. */
  Collection<MemberDeploy> all() {
    return new ArrayList<>(distinct.values());
  }
}
