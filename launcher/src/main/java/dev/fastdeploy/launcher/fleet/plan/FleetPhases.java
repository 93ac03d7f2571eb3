package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Text;
import org.jspecify.annotations.Nullable;

/** The work that the phases have in common, and the transitions between them. */
final class FleetPhases {

  final FleetCourse course;
  final Asks asks;
  final Verdicts verdicts;

  FleetPhases(FleetCourse course, Asks asks, Verdicts verdicts) {
    this.course = course;
    this.asks = asks;
    this.verdicts = verdicts;
  }

  /** Asks new members what they run, as many at a time as can be dialled. */
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

  /** Gets all members ready that are not, including latecomers. */
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

  /** Returns why it must not go on, or null if it may. */
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
          "only "
              + course.members.in(MemberState.PROVEN)
              + " of "
              + course.members.living()
              + (course.members.in(MemberState.PROVEN) == 1 ? " is" : " are")
              + " proven, with no further one in "
              + course.plan.patience().progress().toSeconds()
              + "s; "
              + Text.counted(course.members.serving(), "is in service", "are in service")
              + (course.sources.allKnown() ? "" : "; no answer from " + course.sources.silent()));
    }
    return null;
  }

  /** Returns the phase that follows a trouble. */
  FleetPhase afterTrouble(Trouble trouble) {
    course.say(new Event.Stopped(trouble.reason()));
    if (hasMovedNothing()) {
      return new Stopping(this, endingWithNothingMoved(trouble), trouble.reason());
    }
    if (course.plan.onFailure() == OnFailure.HOLD) {
      return new Stopping(this, Ending.PARTIAL, held(trouble));
    }
    return new GoingBack(this, trouble.reason());
  }

  private boolean hasMovedNothing() {
    return course.members.all().stream().noneMatch(MemberDeploy::mayHaveLeft);
  }

  private Ending endingWithNothingMoved(Trouble trouble) {
    boolean noneRunsIt = course.members.thereAlready() == 0;
    return trouble.ending() == Ending.PARTIAL && noneRunsIt ? Ending.NOT_BEGUN : trouble.ending();
  }

  /** Returns the explanation for a person who looks at a held fleet: which release serves where. */
  private static String held(Trouble trouble) {
    return trouble.reason()
        + "; held: proven instances run the release, failed ones went back by themselves if they"
        + " could; 'fastdeploy rollback' brings back the rest";
  }

  FleetPhase aborted(Order abort) {
    String reason = "aborted by " + abort.by() + ": " + abort.why();
    course.say(new Event.Stopped(reason));
    return new Stopping(this, Ending.ABORTED, reason);
  }

  /** Returns whether enough of the fleet runs the commit. */
  boolean isEnough() {
    int living = course.members.living();
    return living > 0
        && course.members.in(MemberState.PROVEN) >= course.plan.successAt().atLeast(living);
  }

  /** Returns how a deploy ends that nothing stopped. */
  FleetPhase finished() {
    if (course.members.living() == 0) {
      return new Ended(
          this, Ending.NO_INSTANCES, "the sources no longer know any instance of this deploy");
    }
    if (isEnough()) {
      return new Ended(this, Ending.DONE, "");
    }
    if (course.members.in(MemberState.PROVEN) == 0 && hasMovedNothing()) {
      return new Ended(
          this,
          Ending.NOT_BEGUN,
          "no instance took '"
              + course.plan.commit()
              + "': "
              + String.join("; ", course.failures.samples()));
    }
    return new Ended(
        this,
        Ending.PARTIAL,
        course.members.in(MemberState.PROVEN)
            + " of "
            + course.members.living()
            + (course.members.in(MemberState.PROVEN) == 1 ? " runs '" : " run '")
            + course.plan.commit()
            + "'");
  }
}
