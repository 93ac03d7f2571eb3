package dev.fastdeploy.launcher.fleet.plan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Asks every member for its status after another owner has taken over. All have to be dialled, as
 * many at a time as possible.
 */
final class Survey {

  private final FleetCourse course;
  private final Asks asks;

  /** The members that were not asked yet. They are not waited for until they are. */
  private final Deque<MemberDeploy> waiting = new ArrayDeque<>();

  Survey(FleetCourse course, Asks asks) {
    this.course = course;
    this.asks = asks;
  }

  /** Starts the survey. Nothing that was reported before counts. */
  void begin() {
    waiting.clear();
    for (MemberDeploy member : course.members.all()) {
      if (!member.isGone()) {
        course.members.change(
            member,
            () -> {
              member.surveyed = false;
              member.told = false;
              member.connected = false;
              member.inService = false;
            });
        asks.forget(member);
        waiting.add(member);
      }
    }
  }

  /** Asks the next ones. */
  void goOn() {
    int most = Asks.dialled(course.members.fleet() - course.members.unsurveyed());
    while (!waiting.isEmpty() && course.members.unsurveyed() - waiting.size() < most) {
      MemberDeploy member = waiting.remove();
      if (isOwed(member)) {
        asks.expect(member, patience(member.state));
        asks.probe(member);
      }
    }
  }

  /**
   * Returns whether its answer is still missing: it may have vanished, reported already, or turned
   * out to be another member.
   */
  private boolean isOwed(MemberDeploy member) {
    return !member.surveyed && !member.isGone() && course.members.find(member.id) == member;
  }

  private Duration patience(MemberState state) {
    return switch (state) {
      case STAGING -> course.plan.patience().stage();
      case CHECKED, STAGED -> course.plan.patience().back();
      case ACTIVATING, RETURNING -> course.plan.patience().activate();
      default -> course.plan.patience().check();
    };
  }
}
