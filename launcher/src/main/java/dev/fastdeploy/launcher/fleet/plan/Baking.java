package dev.fastdeploy.launcher.fleet.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phase in which a wave is watched: it must stay in service, and the gate, if there is one,
 * must say good. The gate is asked repeatedly. "Bad" ends the bake at once; "good" counts only
 * after the bake.
 */
final class Baking implements FleetPhase {

  private final FleetPhases phases;
  private final FleetCourse course;
  private final int gate;
  private int question;
  private boolean askedAfterBake;
  private boolean isGood;
  private boolean isPromoted;
  private @Nullable String bad;

  Baking(FleetPhases phases) {
    this.phases = phases;
    this.course = phases.course;
    this.gate = course.wave + 1;
    course.disarm(Deadlines.Of.PROGRESS);
    course.arm(Deadlines.Of.BAKE, course.plan.waves().bake());
    if (course.plan.waves().gated()) {
      course.arm(Deadlines.Of.GATE, course.plan.waves().bake().plus(course.plan.patience().gate()));
      ask();
    }
  }

  /** Passes a gate on a person's order. Returns false if it is not the gate of this bake. */
  boolean promoted(int number) {
    isPromoted |= number == gate;
    return number == gate;
  }

  /** Takes the gate's answer. */
  void said(Input.GateSaid said) {
    if (said.gate() != gate || said.question() != question) {
      return;
    }
    course.say(new Event.Gate(gate, said.answer(), said.why()));
    switch (said.answer()) {
      case GOOD -> isGood = askedAfterBake;
      case BAD -> bad = "the gate after wave " + gate + " said bad: " + said.why();
      case UNKNOWN -> isGood = false;
    }
    course.arm(Deadlines.Of.GATE_PAUSE, course.plan.patience().gatePause());
  }

  @Override
  public FleetPhase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    boolean baked = course.isOver(Deadlines.Of.BAKE);
    boolean mayJudge = baked && course.members.unsurveyed() == 0;
    if (mayJudge && !course.paused) {
      failWhatIsOut();
    }
    Trouble trouble = bad == null ? phases.trouble() : new Trouble(Ending.PARTIAL, bad);
    if (trouble != null) {
      return phases.afterTrouble(trouble);
    }
    phases.prepare();
    if (course.paused) {
      return this;
    }
    if (isPromoted) {
      return after();
    }
    if (!course.plan.waves().gated()) {
      return mayJudge ? after() : this;
    }
    return mayJudge && isGood ? after() : askAgain();
  }

  private FleetPhase askAgain() {
    if (course.isOver(Deadlines.Of.GATE)) {
      String reason =
          "the gate after wave "
              + gate
              + " did not say good within "
              + course.plan.patience().gate().toSeconds()
              + "s after the bake";
      return phases.afterTrouble(new Trouble(Ending.PARTIAL, reason));
    }
    // An answer from before the end of the bake does not count, and --gate-timeout may be shorter
    // than the pause.
    boolean owesOne =
        !askedAfterBake
            && course.isOver(Deadlines.Of.BAKE)
            && course.deadlines.isSet(Deadlines.Of.GATE_PAUSE);
    if (owesOne || course.isOver(Deadlines.Of.GATE_PAUSE)) {
      ask();
    }
    return this;
  }

  private void ask() {
    course.disarm(Deadlines.Of.GATE_PAUSE);
    question++;
    askedAfterBake = course.isOver(Deadlines.Of.BAKE);
    course.act(new Action.AskGate(gate, question));
  }

  /** Fails members that were proven and do not serve now: they have not stayed up. */
  private void failWhatIsOut() {
    for (MemberDeploy member : course.members.provenOut()) {
      if (member.connected) {
        phases.verdicts.failed(
            member,
            Cause.APPLICATION,
            "it was proven, but is out of service after the bake",
            List.of());
      } else {
        phases.verdicts.failed(
            member,
            Cause.UNREACHABLE,
            "it was proven, but does not answer after the bake",
            List.of());
      }
    }
  }

  private FleetPhase after() {
    course.disarm(Deadlines.Of.BAKE);
    course.disarm(Deadlines.Of.GATE);
    course.disarm(Deadlines.Of.GATE_PAUSE);
    if (!course.plan.waves().isLast(course.wave)) {
      course.wave++;
      return new Activating(phases);
    }
    course.watchProgress(course.members.in(MemberState.PROVEN));
    return new Sweeping(phases);
  }

  @Override
  public void takenOver() {
    if (course.plan.waves().gated()) {
      ask();
    }
  }

  @Override
  public String name() {
    return "baking " + gate;
  }
}
