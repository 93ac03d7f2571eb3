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
    // Who may look need not be one who may deploy: it shows with the first request.
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
