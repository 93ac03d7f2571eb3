package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the planner knows of one member. Its fields change only within {@link Members#change}, which
 * keeps the counts.
 */
final class MemberDeploy {

  /** That a source lists the member by an id. */
  record Listing(String source, MemberId id) {}

  final MemberId id;
  final long number;
  final boolean joined;
  final int zoneRank;
  final String zone;
  final Set<Listing> listings = new LinkedHashSet<>();

  /** The id by which it is asked; another than its own when it returned under another address. */
  MemberId via;

  String address;
  String identity = "";

  /** Why its connection was lost the last time; empty if it never was. */
  String trouble = "";

  MemberState state = MemberState.SEEN;

  boolean connected;
  boolean inService;

  /** It was asked to run the commit. */
  boolean moved;

  /** It served when it was asked for what is under way. */
  boolean took;

  /** Its failure was counted. */
  boolean counted;

  /** It came after the deploy had begun, and its image must be one that was known. */
  boolean newcomer;

  /** It was given up by a deadline and not by its own word. */
  boolean assumed;

  /** It has answered, or its time is over, since this owner took over. */
  boolean surveyed = true;

  /** It has told how it is, to those who watch this owner. */
  boolean told;

  /** It was asked how it stands because it was silent. */
  boolean probing;

  int attempt;
  @Nullable Commit goal;
  @Nullable Commit before;

  /** The mark in the journal at which it told what it runs. */
  long toldAt;

  /** By its own word, and for certain: unknown while it was asked for something else. */
  @Nullable Commit running;

  @Nullable Commit image;
  Set<Commit> refused = Set.of();

  long heardAt;
  long probedAt;

  /** When it is given up. */
  long deadline = Long.MAX_VALUE;

  /** When it is asked again, because it was busy. */
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

  /** Whether it was there at the beginning, and is being asked for the first time. */
  boolean isImageAwaited() {
    return !newcomer
        && image == null
        && (state == MemberState.SEEN || state == MemberState.CHECKING);
  }

  /** Whether no source lists it. */
  boolean isGone() {
    return listings.isEmpty();
  }

  boolean isUp() {
    return !isGone() && connected && inService;
  }

  /** Whether it can be counted on; what was asked to change cannot, whatever it said last. */
  boolean serves() {
    return isUp() && !state.isUnderWay();
  }

  /** Whether it can take its turn. Whoever is to go back is asked, connected or not. */
  boolean waits() {
    return state.isWaiting()
        && !isGone()
        && (connected || state == MemberState.SEEN || state == MemberState.TO_RETURN);
  }
}
