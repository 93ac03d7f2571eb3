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
 * The members and how many of them there are of each kind. The counts are kept at each change, so
 * that no decision walks the fleet.
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

  /** It belongs to the deploy no more. */
  void leaveOut(MemberDeploy member) {
    count(member, -1);
    distinct.remove(member.id);
    byId.values().removeIf(one -> one == member);
    byIdentity.values().removeIf(one -> one == member);
  }

  /** Two ids lead to one member; it keeps what is known of the first. */
  void merge(MemberDeploy kept, MemberDeploy other) {
    count(other, -1);
    distinct.remove(other.id);
    for (MemberDeploy.Listing listing : other.listings) {
      byId.put(listing.id(), kept);
    }
    byId.put(other.id, kept);
    change(kept, () -> kept.listings.addAll(other.listings));
  }

  /** It was asked and says nothing: it is not counted on. */
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

  /** How many are not yet ready to be activated. */
  int preparing() {
    return in(MemberState.SEEN)
        + in(MemberState.CHECKING)
        + in(MemberState.CHECKED)
        + in(MemberState.STAGING);
  }

  int underWay() {
    return in(MemberState.ACTIVATING) + in(MemberState.RETURNING);
  }

  /** Whether what was asked has ended everywhere, as far as members have told. */
  boolean isQuiet() {
    return underWay() == 0 && unsurveyed() == 0;
  }

  /** Whether it is quiet, and nobody is left to be asked. */
  boolean isSettled() {
    return isQuiet() && preparing() == 0 && in(MemberState.STAGED) == 0;
  }

  /** How many of those under way served when they were asked. */
  int taken() {
    return taken;
  }

  int planned() {
    return planned;
  }

  int joined() {
    return joined;
  }

  /** How many a source knows. */
  int living() {
    return living;
  }

  /** How many count for the budget: those that vanished do not. */
  int fleet() {
    return planned + joined - in(MemberState.VANISHED);
  }

  /** How many can be counted on. */
  int serving() {
    return serving;
  }

  /** How many were asked to run the commit and answer. */
  int moved() {
    return moved;
  }

  /** How many ran the commit before they were asked. */
  int thereAlready() {
    return thereAlready;
  }

  /** How many have not answered since this owner took over. */
  int unsurveyed() {
    return unsurveyed;
  }

  /** Whether some who were there at the beginning have not told their image yet. */
  boolean awaitsImages() {
    return imagesAwaited > 0;
  }

  /** Members that were proven and are not in service. */
  List<MemberDeploy> provenOut() {
    return new ArrayList<>(provenOut);
  }

  /** Each member once: for the few moments at which every one is concerned. */
  Collection<MemberDeploy> all() {
    return new ArrayList<>(distinct.values());
  }
}
