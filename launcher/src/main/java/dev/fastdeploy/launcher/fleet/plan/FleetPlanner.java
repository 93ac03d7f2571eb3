package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides how a plan is carried out: it is told what was seen, heard, answered and ordered, and
 * when, and says what to do. The same inputs at the same times give the same actions, so that
 * another owner can continue from the journal: it feeds the entries to a planner of the same plan,
 * ignores the answers, and then tells the planner that it was taken over.
 *
 * <p>All times are milliseconds of one monotonic clock, which after a takeover continues from the
 * last entry. Not thread-safe.
 */
public final class FleetPlanner {

  private final FleetCourse course;
  private final Asks asks;
  private final Verdicts verdicts;
  private final Roster roster;
  private final Reports reports;
  private final FleetPhases phases;
  private final Survey survey;
  private FleetPhase phase;

  private FleetPlanner(Plan plan, Set<Commit> images, long now) {
    course = new FleetCourse(plan, images);
    course.now = now;
    course.journal.begin(now);
    asks = new Asks(course);
    verdicts = new Verdicts(course, asks);
    roster = new Roster(course, asks, verdicts);
    reports = new Reports(course, asks, verdicts);
    phases = new FleetPhases(course, asks, verdicts);
    survey = new Survey(course, asks);
    phase = new Checking(phases, roster);
    sweep();
    planAppend();
  }

  /**
   * Starts a deploy; {@link #actions} has the first actions.
   *
   * @param images the container images that the record knows; any other image that no member comes
   *     from at the beginning is newer than the deploy
   */
  public static FleetPlanner start(Plan plan, Set<Commit> images, long now) {
    return new FleetPlanner(plan, images, now);
  }

  /** Starts a deploy whose record knows no image yet. */
  public static FleetPlanner start(Plan plan, long now) {
    return start(plan, Set.of(), now);
  }

  /** Returns the new actions. */
  public List<Action> actions() {
    return course.takeActions();
  }

  /**
   * Takes an input. Deadlines are left to {@link #tick}: after being stopped for a while, the
   * caller feeds what came meanwhile before it lets time pass, so that no member is given up that
   * has answered.
   */
  public List<Action> on(Input input, long now) {
    if (isEnded()) {
      return List.of();
    }
    course.now = Math.max(course.now, now);
    if (input instanceof Input.TakenOver) {
      course.journal.begin(course.now);
    }
    List<Object> due =
        input instanceof Input.Passed ? course.deadlines.take(course.now) : List.of();
    course.journal.fed(new Action.Entry(course.now, input), matters(input, due));
    fire(due);
    take(input);
    decide();
    return course.takeActions();
  }

  /** Takes note that time has passed. */
  public List<Action> tick(long now) {
    OptionalLong wakeAt = wakeAt();
    if (wakeAt.isEmpty() || wakeAt.getAsLong() > now) {
      return List.of();
    }
    return on(new Input.Passed(), now);
  }

  /**
   * Returns the latest time at which {@link #tick} must be called; empty once the deploy has ended.
   */
  public OptionalLong wakeAt() {
    return isEnded() ? OptionalLong.empty() : course.deadlines.first();
  }

  /**
   * Returns what is still to be appended to the journal after the end, in order: the segment that
   * was on its way, and what was fed since.
   */
  public List<Action.Append> rest() {
    return course.journal.rest();
  }

  /** Returns whether the deploy has ended and nothing follows. */
  public boolean isEnded() {
    return phase instanceof Ended;
  }

  /**
   * Returns whether an input should be recorded soon. The results of the journal itself need no
   * segment of their own.
   */
  private static boolean matters(Input input, List<Object> due) {
    boolean isOfJournal =
        input instanceof Input.Appended
            || input instanceof Input.AppendFailed
            || input instanceof Input.Passed;
    return !isOfJournal || due.stream().anyMatch(key -> key != Deadlines.Of.APPEND);
  }

  private void fire(List<Object> due) {
    for (Object key : due) {
      if (key instanceof MemberDeploy member) {
        lookAt(member);
      } else if (key == Deadlines.Of.SWEEP) {
        sweep();
      } else if (key instanceof Deadlines.Of what) {
        course.fired(what);
      }
    }
  }

  /** Checks a member that was silent or busy, or whose time has run out. */
  private void lookAt(MemberDeploy member) {
    if (course.now >= member.deadline) {
      verdicts.timedOut(member);
      return;
    }
    if (course.now >= member.retryAt) {
      asks.again(member);
    } else if (course.now - Math.max(member.heardAt, member.probedAt)
        >= course.plan.patience().silence().toMillis()) {
      asks.probe(member);
    }
    asks.schedule(member);
  }

  private void take(Input input) {
    if (input instanceof Input.Heard heard) {
      hear(heard);
    } else if (input instanceof Input.Seen seen) {
      roster.seen(seen);
    } else if (input instanceof Input.Means means) {
      course.means = means;
    } else if (input instanceof Input.Unknown unknown) {
      roster.unknown(unknown.source(), unknown.why());
    } else if (input instanceof Input.GateSaid said) {
      if (phase instanceof Baking baking) {
        baking.said(said);
      }
    } else if (input instanceof Input.Ordered ordered) {
      order(ordered.order());
    } else if (input instanceof Input.Appended appended) {
      if (course.journal.appended(appended.segment())) {
        course.say(new Event.Recording(true, ""));
      }
      course.journal.pace();
    } else if (input instanceof Input.AppendFailed failed) {
      if (course.journal.failed(failed.segment(), course.now)) {
        course.say(new Event.Recording(false, failed.why()));
      }
    } else if (input instanceof Input.LeaseLost lost) {
      course.superseded = lost.why();
    } else if (input instanceof Input.TakenOver) {
      takeOver();
    }
  }

  private void order(Order order) {
    if (!course.isFirst(order)) {
      return;
    }
    switch (order.what()) {
      case ABORT -> course.abort = order;
      case PROMOTE -> promote(order);
      case PAUSE -> course.pausedBy(order);
      case RESUME -> course.resumedBy(order);
    }
  }

  /** Promotes a gate, but not one that was not reached yet: nobody can have looked at it. */
  private void promote(Order order) {
    boolean isOpen = phase instanceof Baking baking && baking.promoted(order.gate());
    GateAnswer answer = isOpen ? GateAnswer.GOOD : GateAnswer.UNKNOWN;
    String why =
        "promoted by "
            + order.by()
            + (isOpen ? "" : " while it is not open, which has no effect")
            + (order.why().isEmpty() ? "" : ", " + order.why());
    course.say(new Event.Gate(order.gate(), answer, why));
  }

  private void hear(Input.Heard heard) {
    MemberDeploy member = roster.reporting(heard.member(), heard.report());
    if (member != null) {
      reports.take(member, heard.report());
    }
  }

  /**
   * Takes over: nobody knows what was asked last, so nothing is started until every member has
   * reported or is late.
   */
  private void takeOver() {
    survey.begin();
    sweep();
    phase.takenOver();
  }

  private void sweep() {
    course.act(new Action.Sweep(course.sources.sweep()));
    course.arm(Deadlines.Of.SWEEP, course.plan.patience().sweep());
  }

  private void decide() {
    String superseded = course.superseded;
    if (superseded != null) {
      phase = new Ended(phases, Ending.SUPERSEDED, superseded);
      return;
    }
    survey.goOn();
    for (FleetPhase next = phase.next(); next != phase; ) {
      phase = next;
      int entered = course.done();
      next = phase.next();
      // A phase that is left at once without any action but the end is not reported.
      boolean matters = next == phase || (course.done() > entered && !(next instanceof Ended));
      if (matters && !isEnded()) {
        course.sayAt(entered, new Event.Entered(phase.name()));
      }
    }
    if (!isEnded()) {
      append();
    }
  }

  private void append() {
    if (course.journal.due(course.now) <= course.now) {
      course.act(course.journal.next(course.now));
    }
    planAppend();
  }

  private void planAppend() {
    course.deadlines.set(Deadlines.Of.APPEND, course.journal.due(course.now));
  }
}
