package dev.fastdeploy.launcher.fleet.plan;

import org.jspecify.annotations.Nullable;

/** The phase in which members are moved to the commit, wave by wave, within the window. */
final class Activating implements FleetPhase {

  private final FleetPhases phases;
  private final FleetCourse course;

  /**
   * The mark of what led here. A successor must know it, or it would take moved members for strays.
   */
  private final long entered;

  Activating(FleetPhases phases) {
    this.phases = phases;
    this.course = phases.course;
    this.entered = course.journal.mark();
    course.watchProgress(course.members.in(MemberState.PROVEN));
  }

  @Override
  public FleetPhase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    followTail();
    if (course.isOver(Deadlines.Of.TAIL)) {
      return phases.finished();
    }
    Trouble trouble = phases.trouble();
    if (trouble != null) {
      return phases.afterTrouble(trouble);
    }
    phases.prepare();
    beginMore();
    return isWaveOver() ? afterWave() : this;
  }

  /** Gives the rest a time of its own once enough members are proven. */
  private void followTail() {
    boolean isWhole = course.plan.successAt().equals(Share.ALL);
    if (!isWhole
        && phases.isEnough()
        && !course.paused
        && !course.isOver(Deadlines.Of.TAIL)
        && !course.deadlines.isSet(Deadlines.Of.TAIL)) {
      course.arm(Deadlines.Of.TAIL, course.plan.patience().tail());
    }
  }

  private void beginMore() {
    while (mayBegin()) {
      MemberDeploy next = pick();
      if (next == null || !course.isRecorded(next.toldAt)) {
        // Otherwise the commit that it moves to would be taken for the one to go back to.
        return;
      }
      phases.asks.activate(next);
    }
  }

  private boolean mayBegin() {
    return course.mayAsk()
        && course.sources.allKnown()
        && course.members.underWay() < course.window()
        && begun() < goal()
        && course.isRecorded(entered);
  }

  /**
   * Picks the next member. A canary is one that serves, if there is one: others tell little about
   * the release.
   */
  private @Nullable MemberDeploy pick() {
    Line staged = course.members.line(MemberState.STAGED);
    if (!course.canSpareOne()) {
      return staged.down();
    }
    MemberDeploy serving = staged.serving();
    boolean isCanary = course.plan.waves().isCanary(course.wave);
    return isCanary && serving != null ? serving : staged.first();
  }

  /** Returns how many of the living members this wave and the earlier ones have moved. */
  private int begun() {
    boolean isCanary = course.plan.waves().isCanary(course.wave);
    return course.members.moved() + (isCanary ? 0 : course.members.thereAlready());
  }

  private int goal() {
    return course.plan.waves().goal(course.wave, course.members.living());
  }

  private boolean isWaveOver() {
    return course.members.isSettled()
        || (course.members.isQuiet() && !isLast() && begun() >= goal());
  }

  private boolean isLast() {
    return course.plan.waves().isLast(course.wave);
  }

  private FleetPhase afterWave() {
    boolean isLooked = course.plan.waves().gated() || !course.plan.waves().bake().isZero();
    if (isLooked && !course.closed) {
      return new Baking(phases);
    }
    if (!isLast()) {
      course.wave++;
      return new Activating(phases);
    }
    return course.closed ? phases.finished() : new Sweeping(phases);
  }

  @Override
  public String name() {
    return "activating " + (course.wave + 1);
  }
}
