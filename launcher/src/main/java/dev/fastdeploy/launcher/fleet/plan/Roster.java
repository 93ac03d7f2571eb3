package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of the fleet: they appear, vanish, and return under another address. Only a source
 * that lists all its members can say that one is gone.
 */
final class Roster {

  private final FleetCourse course;
  private final Asks asks;
  private final Verdicts verdicts;
  private final Map<MemberId, Commit> outside;
  private boolean planned;

  Roster(FleetCourse course, Asks asks, Verdicts verdicts) {
    this.course = course;
    this.asks = asks;
    this.verdicts = verdicts;
    this.outside = course.outside;
  }

  /** Closes the roster: members that come from now on join a deploy that is under way. */
  void close() {
    planned = true;
  }

  void seen(Input.Seen seen) {
    if (!course.sources.has(seen.source())) {
      return;
    }
    Set<MemberId> listed = course.sources.listed(seen.source());
    Set<MemberId> now = new HashSet<>();
    for (Member member : seen.members()) {
      now.add(member.id());
      if (listed.add(member.id())) {
        appeared(seen.source(), member);
      } else {
        moved(member);
      }
    }
    if (seen.complete()) {
      for (MemberId id : absent(listed, now)) {
        listed.remove(id);
        disappeared(new MemberDeploy.Listing(seen.source(), id));
      }
      course.sources.told(seen.source(), seen.sweep());
    } else {
      unknown(seen.source(), "it reported only some of its instances");
    }
  }

  void unknown(String source, String why) {
    if (course.sources.has(source) && course.sources.unknown(source, why)) {
      course.say(new Event.SourceUnknown(source, why));
    }
  }

  private static List<MemberId> absent(Set<MemberId> listed, Set<MemberId> now) {
    List<MemberId> absent = new ArrayList<>();
    for (MemberId id : listed) {
      if (!now.contains(id)) {
        absent.add(id);
      }
    }
    absent.sort(null);
    return absent;
  }

  private void appeared(String source, Member seen) {
    MemberDeploy member = course.members.find(seen.id());
    if (member == null) {
      if (course.closed) {
        course.sources.listed(source).remove(seen.id());
        return;
      }
      MemberDeploy added = course.members.add(seen, rank(seen.zone()), planned);
      list(added, source, seen.id());
      if (planned) {
        course.say(new Event.Joined(seen));
      }
      return;
    }
    boolean wasGone = member.isGone();
    list(member, source, seen.id());
    if (wasGone) {
      returned(member, seen);
    } else {
      moved(seen);
    }
  }

  private void list(MemberDeploy member, String source, MemberId id) {
    course.members.change(member, () -> member.listings.add(new MemberDeploy.Listing(source, id)));
  }

  private int rank(String zone) {
    int index = course.plan.waves().zones().indexOf(zone);
    return index < 0 ? course.plan.waves().zones().size() : index;
  }

  private void returned(MemberDeploy member, Member seen) {
    member.via = seen.id();
    member.address = seen.address();
    course.say(new Event.Returned(member.id, seen.address()));
    if (member.state == MemberState.VANISHED) {
      asks.check(member);
    } else {
      asks.probe(member);
    }
  }

  /** Updates the address of a member that is known by its id. */
  private void moved(Member seen) {
    MemberDeploy member = course.members.find(seen.id());
    if (member != null && member.via.equals(seen.id()) && !member.address.equals(seen.address())) {
      member.address = seen.address();
      course.say(new Event.Returned(member.id, seen.address()));
      asks.probe(member);
    }
  }

  private void disappeared(MemberDeploy.Listing listing) {
    MemberDeploy member = course.members.find(listing.id());
    if (member == null) {
      if (!course.sources.isListed(listing.id())) {
        outside.remove(listing.id());
      }
      return;
    }
    course.members.change(member, () -> member.listings.remove(listing));
    if (!member.isGone()) {
      if (member.via.equals(listing.id())) {
        askElsewhere(member);
      }
      return;
    }
    course.say(new Event.Vanished(member.id));
    course.members.unheard(member);
    if (member.state != MemberState.FAILED) {
      verdicts.waiting(member, MemberState.VANISHED);
    }
  }

  private void askElsewhere(MemberDeploy member) {
    boolean isStillListed =
        member.listings.stream().anyMatch(listing -> listing.id().equals(member.via));
    if (!isStillListed) {
      member.via = member.listings.iterator().next().id();
      asks.probe(member);
    }
  }

  /**
   * Finds the member that a report is about, or null if it is about none. A member that gives its
   * identity may be known by another address: then it has moved, or has two.
   */
  @Nullable MemberDeploy reporting(MemberId id, Report report) {
    MemberDeploy member = course.members.find(id);
    if (member == null) {
      heardOutside(id, report);
      return null;
    }
    if (member.isGone() && report instanceof Report.Lost) {
      return null;
    }
    if (report instanceof Report.Status status) {
      if (!status.identity().isEmpty()) {
        member = identified(member, status.identity());
      }
      if (isTooEarlyFor(member, status.image())) {
        asks.expect(member, course.plan.patience().check());
        asks.later(member);
        return null;
      }
      if (!belongs(member, status.image())) {
        leaveOut(member, Objects.requireNonNull(status.image()));
        return null;
      }
    }
    if (member.via.equals(id)) {
      return member;
    }
    if (report instanceof Report.Status && !member.connected) {
      member.via = id;
      return member;
    }
    return null;
  }

  private MemberDeploy identified(MemberDeploy member, String identity) {
    MemberDeploy known = course.members.findByIdentity(identity);
    if (known == null) {
      if (!member.identity.isEmpty()) {
        replaced(member);
      }
      course.members.identify(member, identity);
      return member;
    }
    if (known == member) {
      return member;
    }
    if (!isNew(member)) {
      // Another container answers at an address that was asked before: the request was not for it.
      return member;
    }
    boolean wasGone = known.isGone();
    asks.forget(member);
    course.say(new Event.SameMember(known.id, member.id));
    course.members.merge(known, member);
    if (wasGone || !known.connected) {
      known.via = member.via;
      known.address = member.address;
      course.say(new Event.Returned(known.id, known.address));
      if (known.state == MemberState.VANISHED) {
        asks.check(known);
      }
    }
    return known;
  }

  /**
   * Takes note that another container answers at the address: nothing that was asked of the old one
   * counts.
   */
  private void replaced(MemberDeploy member) {
    course.say(new Event.Returned(member.id, member.address));
    course.members.change(
        member,
        () -> {
          member.moved = false;
          member.before = null;
          member.image = null;
          member.newcomer = true;
          member.state = MemberState.CHECKING;
        });
    asks.expect(member, course.plan.patience().check());
  }

  /**
   * Returns whether it is too early to judge an image: members that were there at the beginning may
   * come from it and have not reported theirs.
   */
  private boolean isTooEarlyFor(MemberDeploy member, @Nullable Commit image) {
    return member.newcomer && course.images.isNew(image) && course.members.awaitsImages();
  }

  /**
   * Returns whether a member belongs to the deploy. One that was there at the beginning does,
   * whatever its image.
   */
  private boolean belongs(MemberDeploy member, @Nullable Commit image) {
    boolean isOther = member.image != null && image != null && !image.equals(member.image);
    if ((member.newcomer || isOther) && course.images.isNew(image)) {
      return false;
    }
    if (!member.newcomer) {
      course.images.learn(image);
    }
    course.members.change(member, () -> member.newcomer = false);
    return true;
  }

  /**
   * Leaves a member out and pauses: two rollouts are under way at once, and a person must decide.
   */
  private void leaveOut(MemberDeploy member, Commit image) {
    asks.forget(member);
    course.members.leaveOut(member);
    outside.put(member.via, image);
    course.say(new Event.NewImage(member.id, image));
    boolean isFirst = course.images.seen(image);
    if (isFirst && !course.plan.goBack() && !course.goingBack) {
      course.pauseItself(
          member.id
              + " comes from the image '"
              + image
              + "', which was unknown when the deploy began and is being rolled out meanwhile;"
              + " 'fastdeploy resume' continues without its instances, 'fastdeploy abort' ends the"
              + " deploy");
    }
  }

  /**
   * Takes a report of a member that was left out: by now the address may belong to another
   * container, of a known image.
   */
  private void heardOutside(MemberId id, Report report) {
    if (report instanceof Report.Status status
        && outside.containsKey(id)
        && status.image() != null
        && !course.images.isNew(status.image())) {
      outside.remove(id);
      course.sources.forget(id);
    }
  }

  private static boolean isNew(MemberDeploy member) {
    return member.attempt == 0
        && (member.state == MemberState.SEEN || member.state == MemberState.CHECKING);
  }
}
