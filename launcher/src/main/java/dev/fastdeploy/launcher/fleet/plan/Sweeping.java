package dev.fastdeploy.launcher.fleet.plan;

/**
 * The phase in which all known members are done and the sources are asked once more for latecomers.
 */
final class Sweeping implements FleetPhase {

  private final FleetPhases phases;
  private final FleetCourse course;
  private int sweep;

  Sweeping(FleetPhases phases) {
    this.phases = phases;
    this.course = phases.course;
    ask();
    course.arm(Deadlines.Of.SOURCES, course.plan.patience().progress());
  }

  private void ask() {
    sweep = course.sources.sweep();
    course.act(new Action.Sweep(sweep));
  }

  @Override
  public FleetPhase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    if (course.sources.allAnswered(sweep)) {
      course.disarm(Deadlines.Of.SOURCES);
      course.closed = true;
      return course.goingBack ? new GoingBack(phases, "") : new Activating(phases);
    }
    if (course.isOver(Deadlines.Of.SOURCES)) {
      String reason =
          "no complete answer from "
              + course.sources.silent()
              + ", so latecomers are unknown; deploy again";
      return new Stopping(phases, Ending.PARTIAL, reason);
    }
    return this;
  }

  @Override
  public void takenOver() {
    ask();
  }

  @Override
  public String name() {
    return "sweeping";
  }
}
