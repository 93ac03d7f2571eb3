package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** The phase in which the deploy has ended. */
final class Ended implements FleetPhase {

  Ended(FleetPhases phases, Ending ending, String reason) {
    FleetCourse course = phases.course;
    if (ending != Ending.SUPERSEDED) {
      for (MemberDeploy member : course.members.all()) {
        if (member.state.isUnderWay()) {
          phases.verdicts.timedOut(member);
        }
      }
    }
    course.act(new Action.End(summary(course, ending, reason)));
  }

  private static Summary summary(FleetCourse course, Ending ending, String reason) {
    Members members = course.members;
    int open = members.underWay() + members.in(MemberState.TO_RETURN);
    return new Summary(
        ending,
        reasonOf(course, reason),
        members.planned(),
        members.joined(),
        members.in(MemberState.PROVEN),
        members.in(MemberState.FAILED),
        members.in(MemberState.UNREACHABLE),
        members.in(MemberState.VANISHED),
        members.in(MemberState.RETURNED),
        members.preparing() + members.in(MemberState.STAGED),
        open,
        course.failures.counts(),
        course.failures.samples(),
        ending == Ending.DONE && course.plan.movesStable(),
        images(members));
  }

  private static String reasonOf(FleetCourse course, String reason) {
    int outside = course.outside.size();
    if (outside == 0) {
      return reason;
    }
    String left =
        outside
            + (outside == 1 ? " instance" : " instances")
            + " of a newer image left out, such as "
            + course.outside.keySet().stream().min(Comparator.naturalOrder()).orElseThrow();
    return reason.isEmpty() ? left : reason + "; " + left;
  }

  private static Set<Commit> images(Members members) {
    Set<Commit> images = new HashSet<>();
    for (MemberDeploy member : members.all()) {
      if (member.state == MemberState.PROVEN && member.image != null) {
        images.add(member.image);
      }
    }
    return images;
  }

  @Override
  public FleetPhase next() {
    return this;
  }

  @Override
  public String name() {
    return "ended";
  }
}
