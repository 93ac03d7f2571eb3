package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Text;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The phase in which moved members are brought back: those that do not serve at once, the others
 * within the window. It does not wait for dead ones, and no failure stops it.
 */
final class GoingBack implements FleetPhase {

  private final FleetPhases phases;
  private final FleetCourse course;
  private final long decided;

  GoingBack(FleetPhases phases, String reason) {
    this.phases = phases;
    this.course = phases.course;
    course.endPauseForRollback();
    if (!course.goingBack) {
      course.wentBackBecause = reason;
      begin();
    }
    // A successor must know of it before the first member does, or it would move them again.
    this.decided = course.journal.mark();
  }

  private void begin() {
    course.goingBack = true;
    course.restartProgress();
    for (MemberDeploy member : course.members.all()) {
      switch (member.state) {
        case STAGING -> phases.asks.cancel(member);
        case ACTIVATING -> turnBack(member);
        default -> {
          // See below.
        }
      }
      switch (member.state) {
        case CHECKED, STAGED, PROVEN -> phases.verdicts.goesBack(member);
        case FAILED, UNREACHABLE -> {
          if (member.moved) {
            phases.verdicts.goesBack(member);
          }
        }
        default -> {
          // It is gone, is being asked what it runs, or is waiting to go back.
        }
      }
    }
  }

  /**
   * Turns a member back. It may be anywhere between the two releases, so it is not counted on until
   * it says that it serves.
   */
  private void turnBack(MemberDeploy member) {
    course.members.change(
        member,
        () -> {
          member.inService = false;
          member.state = MemberState.FAILED;
        });
  }

  @Override
  public FleetPhase next() {
    Order abort = course.abort;
    if (abort != null) {
      return phases.aborted(abort);
    }
    if (course.isOver(Deadlines.Of.PROGRESS)) {
      return stuck();
    }
    course.endPauseForRollback();
    phases.check();
    if (course.isRecorded(decided)) {
      bringBack();
    }
    return isOver() ? after() : this;
  }

  private void bringBack() {
    Line waiting = course.members.line(MemberState.TO_RETURN);
    for (MemberDeploy next = pick(waiting); next != null; next = pick(waiting)) {
      Commit commit = course.wayBack(next);
      if (commit != null) {
        phases.asks.goBack(next, commit);
      }
    }
  }

  private @Nullable MemberDeploy pick(Line waiting) {
    if (!course.mayAsk()) {
      return null;
    }
    MemberDeploy down = waiting.down();
    if (down != null) {
      return down;
    }
    boolean hasRoom = course.members.taken() < course.window() && course.canSpareOne();
    return hasRoom || course.plan.rollbackAllAtOnce() ? waiting.serving() : null;
  }

  private boolean isOver() {
    return course.members.in(MemberState.TO_RETURN) == 0
        && course.members.in(MemberState.RETURNING) == 0
        && course.members.in(MemberState.SEEN) == 0
        && course.members.in(MemberState.CHECKING) == 0
        && course.members.unsurveyed() == 0;
  }

  private FleetPhase after() {
    return course.closed ? ended() : new Sweeping(phases);
  }

  private FleetPhase ended() {
    int back = course.members.in(MemberState.RETURNED);
    int failed = course.members.in(MemberState.FAILED);
    if (course.plan.goBack()) {
      boolean all = back >= course.plan.successAt().atLeast(course.members.living());
      return new Ended(phases, all ? Ending.DONE : Ending.PARTIAL, "");
    }
    return failed == 0
        ? new Ended(phases, Ending.ROLLED_BACK, reasonWith(""))
        : new Ended(phases, Ending.PARTIAL, reasonWith(failed + " could not be brought back"));
  }

  /**
   * Returns a note on members that this deploy did not move, and that stay on whatever another
   * deploy left there.
   */
  private String notOnStable() {
    Commit stable = course.plan.stable();
    List<MemberDeploy> others =
        course.members.all().stream()
            .filter(member -> member.state == MemberState.CHECKED && !member.isGone())
            .filter(member -> member.running != null && !member.running.equals(stable))
            .toList();
    if (stable == null || others.isEmpty()) {
      return "";
    }
    MemberDeploy one = others.get(0);
    return "not moved by this deploy, and not on the stable '"
        + stable
        + "': "
        + others.size()
        + " ("
        + one.id
        + " runs '"
        + one.running
        + "'); 'fastdeploy reconcile' brings them there";
  }

  private FleetPhase stuck() {
    String how =
        course.members.in(MemberState.TO_RETURN)
            + " could not be brought back: "
            + Text.counted(course.members.serving(), "is in service", "are in service")
            + ", and "
            + course.plan.window().floor(course.members.living())
            + " must be; --rollback-all-at-once ignores that";
    return new Stopping(phases, Ending.PARTIAL, reasonWith(how));
  }

  private String reasonWith(String how) {
    return Stream.of(course.wentBackBecause, how, notOnStable())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  @Override
  public String name() {
    return "going back";
  }
}
