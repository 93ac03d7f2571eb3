package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;

/** Changes the state of members, except for requests. */
final class Verdicts {

  private final FleetCourse course;
  private final Asks asks;

  Verdicts(FleetCourse course, Asks asks) {
    this.course = course;
    this.asks = asks;
  }

  /** Lets a member wait for its turn. */
  void waiting(MemberDeploy member, MemberState state) {
    course.members.change(member, () -> member.state = state);
    asks.rest(member);
  }

  /** Notes that a member runs the commit, by its own word. */
  void proven(MemberDeploy member) {
    boolean before = member.state == MemberState.PROVEN;
    course.members.change(member, () -> member.state = MemberState.PROVEN);
    asks.rest(member);
    if (!before) {
      course.say(new Event.Proven(member.id, course.plan.commit()));
      course.noteProgress(course.members.in(MemberState.PROVEN));
    }
  }

  /** Notes that a member went back, by its own word. */
  void returned(MemberDeploy member, Commit commit) {
    course.members.change(
        member,
        () -> {
          member.state = MemberState.RETURNED;
          member.running = commit;
        });
    asks.rest(member);
    course.say(new Event.Proven(member.id, commit));
    course.noteProgress(course.members.in(MemberState.RETURNED));
  }

  /** Notes that a member failed. Only the first time counts. */
  void failed(MemberDeploy member, Cause cause, String reason, List<String> lastLines) {
    boolean again = member.counted;
    if (!again) {
      member.counted = true;
      course.failures.count(member, cause, reason);
    }
    course.say(new Event.Failed(member.id, cause, reason, lastLines, again));
    MemberState state = cause == Cause.UNREACHABLE ? MemberState.UNREACHABLE : MemberState.FAILED;
    course.members.change(member, () -> member.state = state);
    asks.rest(member);
  }

  /**
   * Finds what a member needs in a rollback. One that was moved goes back; one that came during the
   * deploy goes where the others go, whatever it runs; one that never left what it ran stays.
   */
  void goesBack(MemberDeploy member) {
    Commit goal = course.wayBack(member);
    boolean concerned =
        course.plan.goBack()
            || member.mayHaveLeft()
            || (member.joined && course.plan.stable() != null);
    if (!concerned) {
      waiting(member, MemberState.CHECKED);
    } else if (goal == null) {
      failed(member, Cause.APPLICATION, "nobody knows what it ran before", List.of());
    } else if (goal.equals(member.running)) {
      waiting(member, MemberState.RETURNED);
      course.noteProgress(course.members.in(MemberState.RETURNED));
    } else if (member.refused.contains(goal)) {
      failed(member, Cause.APPLICATION, "'" + goal + "' did not come up there before", List.of());
    } else {
      waiting(member, MemberState.TO_RETURN);
    }
  }

  /** Notes that a member's time has run out. Silence never counts as success. */
  void timedOut(MemberDeploy member) {
    boolean answers = member.connected && !member.probing;
    MemberState state = member.state;
    if (!member.surveyed) {
      course.members.unheard(member);
    }
    switch (state) {
      case SEEN, CHECKING, CHECKED, STAGED -> unreachable(member, "it does not answer");
      case STAGING -> late(member, answers, Cause.ARTIFACT, "it did not stage the release in time");
      case ACTIVATING ->
          late(member, answers, Cause.APPLICATION, "the release was not proven in time");
      case RETURNING -> late(member, answers, Cause.APPLICATION, "it did not go back in time");
      default -> asks.rest(member);
    }
  }

  private void late(MemberDeploy member, boolean answers, Cause cause, String reason) {
    if (answers) {
      failed(member, cause, reason, List.of());
    } else {
      unreachable(member, reason + ", and it does not answer");
    }
    member.assumed = true;
  }

  private void unreachable(MemberDeploy member, String reason) {
    String why = member.trouble.isEmpty() ? reason : reason + ": " + member.trouble;
    failed(member, Cause.UNREACHABLE, why, List.of());
    course.members.change(
        member,
        () -> {
          member.connected = false;
          member.inService = false;
        });
    member.assumed = true;
  }
}
