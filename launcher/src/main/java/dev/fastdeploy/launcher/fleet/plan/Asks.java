package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.time.Duration;

/** Asks members, and keeps the deadlines of their answers. */
final class Asks {

  /** The number of members that a fresh command dials at once: its code is not compiled yet. */
  static final int DIALLED_FIRST = 32;

  /** The most members that are dialled at once. */
  static final int DIALLED_AT_MOST = 256;

  private static final long BUSY_PAUSE = 2_000;

  private final FleetCourse course;

  Asks(FleetCourse course) {
    this.course = course;
  }

  /**
   * Returns how many members may be asked for the first time at once. Dialling one takes this
   * machine some milliseconds, and its time to answer starts then: thousands at once would be late
   * only because this machine is busy.
   *
   * @param settled how many have answered or were given up
   */
  static int dialled(int settled) {
    return Math.min(DIALLED_AT_MOST, DIALLED_FIRST + settled);
  }

  /** Asks a member who it is and what it runs. */
  void check(MemberDeploy member) {
    course.members.change(member, () -> member.state = MemberState.CHECKING);
    expect(member, course.plan.patience().check());
    send(member, new Ask.Status());
  }

  void stage(MemberDeploy member) {
    begin(member, MemberState.STAGING, course.plan.commit(), course.plan.patience().stage());
    again(member);
  }

  void activate(MemberDeploy member) {
    begin(member, MemberState.ACTIVATING, course.plan.commit(), course.plan.patience().activate());
    course.say(new Event.Begun(member.id, course.plan.commit()));
    again(member);
  }

  void goBack(MemberDeploy member, Commit commit) {
    begin(member, MemberState.RETURNING, commit, course.plan.patience().activate());
    course.say(new Event.Begun(member.id, commit));
    again(member);
  }

  private void begin(MemberDeploy member, MemberState state, Commit goal, Duration patience) {
    course.members.change(
        member,
        () -> {
          member.took = state.isUnderWay() && member.serves();
          member.running = state.isUnderWay() ? null : member.running;
          member.moved |= state == MemberState.ACTIVATING;
          member.stayed &= state != MemberState.ACTIVATING;
          member.state = state;
          member.goal = goal;
          member.attempt++;
          member.assumed = false;
        });
    expect(member, patience);
  }

  /** Repeats a request, which is still done once. */
  void again(MemberDeploy member) {
    member.retryAt = Long.MAX_VALUE;
    Commit goal = member.goal == null ? course.plan.commit() : member.goal;
    switch (member.state) {
      case STAGING -> send(member, new Ask.Stage(member.attempt, goal));
      case ACTIVATING -> send(member, new Ask.Activate(member.attempt, goal));
      case RETURNING -> send(member, new Ask.Rollback(member.attempt, goal));
      default -> send(member, new Ask.Status());
    }
  }

  /** Cancels an attempt that has not activated anything yet. */
  void cancel(MemberDeploy member) {
    send(member, new Ask.Cancel(member.attempt));
    course.members.change(member, () -> member.state = MemberState.CHECKED);
    rest(member);
  }

  /** Asks a silent member for its status. */
  void probe(MemberDeploy member) {
    member.probing = true;
    member.probedAt = course.now;
    send(member, new Ask.Status());
  }

  /** Asks a busy member again a little later. */
  void later(MemberDeploy member) {
    member.retryAt = course.now + BUSY_PAUSE;
    schedule(member);
  }

  /** Waits for a member from now on. */
  void expect(MemberDeploy member, Duration patience) {
    member.heardAt = course.now;
    member.probing = false;
    member.retryAt = Long.MAX_VALUE;
    member.deadline = course.now + patience.toMillis();
    schedule(member);
  }

  /** Stops waiting, except for the answer that a new owner needs from each member. */
  void rest(MemberDeploy member) {
    if (!member.surveyed) {
      return;
    }
    forget(member);
  }

  /** Stops waiting altogether. */
  void forget(MemberDeploy member) {
    member.probing = false;
    member.deadline = Long.MAX_VALUE;
    member.retryAt = Long.MAX_VALUE;
    course.deadlines.clear(member);
  }

  /**
   * Sets the time at which a member is checked again. A report does not move it, so reports cost
   * nothing here.
   */
  void schedule(MemberDeploy member) {
    long silent =
        Math.max(member.heardAt, member.probedAt) + course.plan.patience().silence().toMillis();
    long at = Math.min(member.deadline, Math.min(member.retryAt, Math.max(silent, course.now + 1)));
    course.deadlines.set(member, at);
  }

  private void send(MemberDeploy member, Ask ask) {
    course.act(new Action.AskMember(member.via, member.address, ask));
  }
}
