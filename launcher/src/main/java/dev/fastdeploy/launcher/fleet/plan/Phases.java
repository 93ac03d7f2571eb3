package dev.fastdeploy.launcher.fleet.plan;

import org.jspecify.annotations.Nullable;

/** What the phases have in common: what they share, what each of them does, and what follows. */
final class Phases {

  final Course course;
  final Asks asks;
  final Verdicts verdicts;

  Phases(Course course, Asks asks, Verdicts verdicts) {
    this.course = course;
    this.asks = asks;
    this.verdicts = verdicts;
  }

  /** Asks those who were seen what they run, as many at a time as can be dialled. */
  void check() {
    Line seen = course.members.line(MemberState.SEEN);
    int unsettled = course.members.in(MemberState.SEEN) + course.members.in(MemberState.CHECKING);
    int most = Asks.dialled(course.members.fleet() - unsettled);
    while (course.members.in(MemberState.CHECKING) < most) {
      MemberDeploy next = seen.first();
      if (next == null) {
        return;
      }
      asks.check(next);
    }
  }

  /** Gets everybody ready who is not: also those who come later. */
  void prepare() {
    check();
    if (course.paused || course.abort != null) {
      return;
    }
    Line checked = course.members.line(MemberState.CHECKED);
    while (course.members.in(MemberState.STAGING) < course.plan.window().staging()) {
      MemberDeploy next = checked.first();
      if (next == null) {
        return;
      }
      asks.stage(next);
    }
  }

  /** Why it must not go on; none if it may. */
  @Nullable Trouble trouble() {
    if (course.plan.waves().isCanary(course.wave) && course.failures.ofMoved() > 0) {
      return new Trouble(
          Ending.PARTIAL, "the canary failed: " + String.join("; ", course.failures.samples()));
    }
    Trouble exceeded = course.failures.exceeded(course.members.fleet());
    if (exceeded != null) {
      return exceeded;
    }
    if (course.isOver(Deadlines.Of.PAUSE)) {
      return new Trouble(
          Ending.PARTIAL,
          "it was paused, and nobody resumed it within "
              + course.plan.patience().pause().toSeconds()
              + "s (--pause-timeout)");
    }
    if (course.isOver(Deadlines.Of.PROGRESS)) {
      return new Trouble(
          Ending.PARTIAL,
          "no more than "
              + course.members.in(MemberState.PROVEN)
              + " of "
              + course.members.living()
              + " are proven, and no more became so within "
              + course.plan.patience().progress().toSeconds()
              + "s; "
              + course.members.serving()
              + " are in service"
              + (course.sources.allKnown() ? "" : "; no answer from " + course.sources.silent()));
    }
    return null;
  }

  /** What follows a trouble. */
  Phase afterTrouble(Trouble trouble) {
    course.say(new Event.Stopped(trouble.reason()));
    boolean nothingMoved = course.members.moved() == 0 && course.failures.ofMoved() == 0;
    if (nothingMoved) {
      return new Stopping(this, trouble.ending(), trouble.reason());
    }
    if (course.plan.onFailure() == OnFailure.HOLD) {
      return new Stopping(this, Ending.PARTIAL, held(trouble));
    }
    return new GoingBack(this, trouble.reason());
  }

  /** Who looks at a held fleet must know which release serves where. */
  private static String held(Trouble trouble) {
    return trouble.reason()
        + "; held: those that are proven run the release, one that failed went back by itself if it"
        + " could; 'fastdeploy rollback' brings back the rest";
  }

  Phase aborted(Order abort) {
    String reason = "aborted by " + abort.by() + ": " + abort.why();
    course.say(new Event.Stopped(reason));
    return new Stopping(this, Ending.ABORTED, reason);
  }

  /** Whether as much of the fleet runs the commit as was asked for. */
  boolean isEnough() {
    int living = course.members.living();
    return living > 0
        && course.members.in(MemberState.PROVEN) >= course.plan.successAt().atLeast(living);
  }

  /** How a deploy ends that nothing stopped. */
  Phase finished() {
    if (course.members.living() == 0) {
      return new Ended(
          this, Ending.NO_INSTANCES, "the sources know nobody of this deploy any more");
    }
    if (isEnough()) {
      return new Ended(this, Ending.DONE, "");
    }
    return new Ended(
        this,
        Ending.PARTIAL,
        course.members.in(MemberState.PROVEN)
            + " of "
            + course.members.living()
            + " run '"
            + course.plan.commit()
            + "'");
  }
}
