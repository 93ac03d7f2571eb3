package dev.fastdeploy.launcher.fleet.plan;

/** The phase in which nothing new is started and requests under way are finished. */
final class Stopping implements FleetPhase {

  private final FleetPhases phases;
  private final FleetCourse course;
  private final Ending ending;
  private final String reason;

  Stopping(FleetPhases phases, Ending ending, String reason) {
    this.phases = phases;
    this.course = phases.course;
    this.ending = ending;
    this.reason = reason;
    course.disarm(Deadlines.Of.PROGRESS);
    if (course.members.in(MemberState.STAGING) > 0) {
      for (MemberDeploy member : course.members.all()) {
        if (member.state == MemberState.STAGING) {
          phases.asks.cancel(member);
        }
      }
    }
  }

  @Override
  public FleetPhase next() {
    return course.members.isQuiet() ? new Ended(phases, ending, reason) : this;
  }

  @Override
  public String name() {
    return "stopping";
  }
}
