package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.time.Duration;

/** Asks members, and knows until when an answer is waited for. */
final class Asks {

  /** How many are dialled at once by a command that has dialled none: its code is not compiled. */
  static final int DIALLED_FIRST = 32;

  /** How many are dialled at once at most. */
  static final int DIALLED_AT_MOST = 256;

  private static final long BUSY_PAUSE = 2_000;

  private final Course course;

  Asks(Course course) {
    this.course = course;
  }

  /**
   * How many may be asked for the first time at once. Each of them is dialled, which takes this
   * machine some milliseconds, and has a time to answer from when it is asked: thousands at once
   * would be late for want of a processor here.
   *
   * @param settled how many have answered, or were given up
   */
  static int dialled(int settled) {
    return Math.min(DIALLED_AT_MOST, DIALLED_FIRST + settled);
  }

  /** Asks who a member is and what it runs. */
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
          member.state = state;
          member.goal = goal;
          member.attempt++;
          member.assumed = false;
        });
    expect(member, patience);
  }

  /** Asks for the same thing once more, which does it once. */
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

  /** Gives up what has activated nothing yet. */
  void cancel(MemberDeploy member) {
    send(member, new Ask.Cancel(member.attempt));
    course.members.change(member, () -> member.state = MemberState.CHECKED);
    rest(member);
  }

  /** Asks a silent member how it stands. */
  void probe(MemberDeploy member) {
    member.probing = true;
    member.probedAt = course.now;
    send(member, new Ask.Status());
  }

  /** The member is busy: it is asked again a little later. */
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

  /** Waits for nothing any more, but for the answer that a new owner needs of each. */
  void rest(MemberDeploy member) {
    if (!member.surveyed) {
      return;
    }
    forget(member);
  }

  /** Waits for nothing any more, whatever it was. */
  void forget(MemberDeploy member) {
    member.probing = false;
    member.deadline = Long.MAX_VALUE;
    member.retryAt = Long.MAX_VALUE;
    course.deadlines.clear(member);
  }

  /**
   * When a member must be looked at again. A report does not move it: it is looked at when the time
   * has come, which costs nothing for each report.
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
