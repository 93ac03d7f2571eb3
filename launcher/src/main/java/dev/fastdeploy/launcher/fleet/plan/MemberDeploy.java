package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The planner's knowledge of one member. Its fields change only within {@link Members#change},
 * which keeps the counts.
 */
final class MemberDeploy {

  /** An entry of a source for the member. */
  record Listing(String source, MemberId id) {}

  final MemberId id;
  final long number;
  final boolean joined;
  final int zoneRank;
  final String zone;
  final Set<Listing> listings = new LinkedHashSet<>();

  /** The id by which it is asked. Differs from its own if it returned under another address. */
  MemberId via;

  String address;
  String identity = "";

  /** The reason why its connection was last lost; empty if it never was. */
  String trouble = "";

  MemberState state = MemberState.SEEN;

  boolean connected;
  boolean inService;

  /** True if it was asked to run the commit. */
  boolean moved;

  /** True if it refused its last activation. */
  boolean stayed;

  /** True if it served when the current request was made. */
  boolean took;

  /** True if its failure was counted. */
  boolean counted;

  /** True if it came after the deploy began, so that its image must be a known one. */
  boolean newcomer;

  /** True if it was given up by a deadline, not by its own word. */
  boolean assumed;

  /** True if it has answered, or its time has run out, since this owner took over. */
  boolean surveyed = true;

  /** True if its status was reported to those who watch this owner. */
  boolean told;

  /** True if it was asked for its status because it was silent. */
  boolean probing;

  int attempt;
  @Nullable Commit goal;
  @Nullable Commit before;

  /** The journal's mark at which it reported what it runs. */
  long toldAt;

  /**
   * The commit that it certainly runs, by its own word; null if not known, as while it was asked
   * for something else.
   */
  @Nullable Commit running;

  @Nullable Commit image;
  Set<Commit> refused = Set.of();

  long heardAt;
  long probedAt;

  /** The time at which it is given up. */
  long deadline = Long.MAX_VALUE;

  /** The time at which it is asked again because it was busy. */
  long retryAt = Long.MAX_VALUE;

  MemberDeploy(Member member, long number, int zoneRank, boolean joined) {
    this.id = member.id();
    this.via = member.id();
    this.address = member.address();
    this.zone = member.zone();
    this.number = number;
    this.zoneRank = zoneRank;
    this.joined = joined;
    this.newcomer = joined;
  }

  /** Returns whether this deploy may have taken it away from what it ran before. */
  boolean mayHaveLeft() {
    return moved && !stayed;
  }

  /** Returns whether it was there at the beginning and is being asked for the first time. */
  boolean isImageAwaited() {
    return !newcomer
        && image == null
        && (state == MemberState.SEEN || state == MemberState.CHECKING);
  }

  /** Returns whether no source lists it. */
  boolean isGone() {
    return listings.isEmpty();
  }

  boolean isUp() {
    return !isGone() && connected && inService;
  }

  /**
   * Returns whether it can be counted on. A member that was asked to change cannot, whatever it
   * said last.
   */
  boolean serves() {
    return isUp() && !state.isUnderWay();
  }

  /**
   * Returns whether it can take its turn. A member that must go back is asked, connected or not.
   */
  boolean waits() {
    return state.isWaiting()
        && !isGone()
        && (connected || state == MemberState.SEEN || state == MemberState.TO_RETURN);
  }
}
