package dev.fastdeploy.launcher.fleet.plan;

/** Every member gets the release; none runs it. A bad release ends here. */
final class Staging implements Phase {

  private final Phases phases;
  private final Course course;

  Staging(Phases phases) {
    this.phases = phases;
    this.course = phases.course;
  }

  @Override
  public Phase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    Trouble trouble = phases.trouble();
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
