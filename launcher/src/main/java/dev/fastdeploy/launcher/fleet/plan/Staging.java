package dev.fastdeploy.launcher.fleet.plan;

/** The phase in which every member gets the release and none runs it. A bad release ends here. */
final class Staging implements FleetPhase {

  private final FleetPhases phases;
  private final FleetCourse course;

  Staging(FleetPhases phases) {
    this.phases = phases;
    this.course = phases.course;
  }

  @Override
  public FleetPhase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    // A caller that may ask for the status may still not deploy: that shows with the first request.
    Trouble misfit = course.misfit;
    boolean isRefused = misfit != null && misfit.ending() == Ending.NOT_AUTHORISED;
    Trouble trouble = isRefused ? misfit : phases.trouble();
    if (trouble != null) {
      return phases.afterTrouble(trouble);
    }
    phases.prepare();
    return course.members.preparing() == 0 ? new Activating(phases) : this;
  }

  @Override
  public String name() {
    return "staging";
  }
}
