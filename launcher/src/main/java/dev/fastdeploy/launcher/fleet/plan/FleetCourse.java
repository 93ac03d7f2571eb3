package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The course of a fleet's deploy, which the parts of the planner share: how far it has come, and
 * the actions to take.
 */
final class FleetCourse {

  private static final String ITSELF = "the deploy itself";

  final Plan plan;
  final Members members = new Members();
  final Deadlines deadlines = new Deadlines();
  final Failures failures;
  final Sources sources;
  final Journal journal;
  final Images images;

  /** The listed members that come from an image newer than the deploy. */
  final Map<MemberId, Commit> outside = new HashMap<>();

  /** The time of the current call. */
  long now;

  /** The means of the command and the needs of the release, as far as known. */
  Input.Means means = new Input.Means(0, 0);

  /** The current wave. */
  int wave;

  /** True if members are brought back and none is moved any more. */
  boolean goingBack;

  /** The reason for going back; empty if a person ordered it. */
  String wentBackBecause = "";

  /** True if members that appear from now on are no longer part of the deploy. */
  boolean closed;

  boolean paused;

  /** True if it is paused and no person ordered that. */
  private boolean pausedItself;

  @Nullable Order abort;

  /** Set if somebody else has the record, or a member has seen a newer deploy. */
  @Nullable String superseded;

  /** Set if something ends the deploy before anything has moved. */
  @Nullable Trouble misfit;

  private final Set<String> ordersTaken = new HashSet<>();
  private final Set<Deadlines.Of> over = EnumSet.noneOf(Deadlines.Of.class);
  private List<Action> actions = new ArrayList<>();
  private int highWater;

  FleetCourse(Plan plan, Set<Commit> images) {
    this.plan = plan;
    this.failures = new Failures(plan.budget());
    this.sources = new Sources(plan.sources());
    this.images = new Images(images);
    this.images.learn(plan.commit());
    this.images.learn(plan.stable());
    this.journal = new Journal(plan.patience().lease());
  }

  void act(Action action) {
    actions.add(action);
  }

  void say(Event event) {
    actions.add(new Action.Say(event));
  }

  /** Returns how many actions are waiting to be taken. */
  int done() {
    return actions.size();
  }

  /** Reports an event before the actions that were added since. */
  void sayAt(int done, Event event) {
    actions.add(done, new Action.Say(event));
  }

  List<Action> takeActions() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  void arm(Deadlines.Of what, Duration time) {
    over.remove(what);
    deadlines.set(what, now + time.toMillis());
  }

  void disarm(Deadlines.Of what) {
    over.remove(what);
    deadlines.clear(what);
  }

  void fired(Deadlines.Of what) {
    over.add(what);
  }

  boolean isOver(Deadlines.Of what) {
    return over.contains(what);
  }

  /** Watches for progress from here on. */
  void watchProgress(int done) {
    highWater = Math.max(highWater, done);
    if (!paused) {
      arm(Deadlines.Of.PROGRESS, plan.patience().progress());
    }
  }

  /** Starts counting from zero. */
  void restartProgress() {
    highWater = 0;
    watchProgress(0);
  }

  /** Notes progress. Only a new maximum counts, not a member that comes and goes. */
  void noteProgress(int done) {
    if (done > highWater) {
      watchProgress(done);
    }
  }

  /** Notes an order. Returns true the first time, since the record may repeat one. */
  boolean isFirst(Order order) {
    return ordersTaken.add(order.id());
  }

  /** Pauses on a person's order: nothing new is started until a person resumes. */
  void pausedBy(Order order) {
    pausedItself = false;
    pause(true, order.by(), order.why());
  }

  /** Resumes on a person's order. */
  void resumedBy(Order order) {
    pause(false, order.by(), order.why());
  }

  /** Pauses by itself: nothing new is started until a person resumes. */
  void pauseItself(String why) {
    if (!paused) {
      pausedItself = true;
      pause(true, ITSELF, why);
    }
  }

  /** Ends a pause for a rollback, unless a person ordered the pause and it may still last. */
  void endPauseForRollback() {
    if (pausedItself || isOver(Deadlines.Of.PAUSE)) {
      pause(false, ITSELF, "it is going back");
    }
  }

  private void pause(boolean pause, String by, String why) {
    if (paused == pause) {
      return;
    }
    paused = pause;
    say(new Event.Paused(pause, by, why));
    if (pause) {
      disarm(Deadlines.Of.PROGRESS);
      if (!plan.patience().pause().isZero()) {
        arm(Deadlines.Of.PAUSE, plan.patience().pause());
      }
    } else {
      pausedItself = false;
      disarm(Deadlines.Of.PAUSE);
      arm(Deadlines.Of.PROGRESS, plan.patience().progress());
    }
  }

  /** Returns whether a member may be asked to change: nobody said stop, and the record is ours. */
  boolean mayAsk() {
    return !paused && journal.isFresh(now) && members.unsurveyed() == 0;
  }

  /**
   * Returns whether a successor knows everything that was fed up to a mark. If not, it is written
   * as soon as possible.
   */
  boolean isRecorded(long mark) {
    journal.hurry(mark);
    return journal.holds(mark);
  }

  /** Returns whether one serving member can be spared. */
  boolean canSpareOne() {
    return members.serving() > plan.window().floor(members.living());
  }

  /** Returns how many members may be changing. */
  int window() {
    return plan.window().size(members.living());
  }

  /** Returns the commit that a member goes back to, or null if nobody knows what it ran. */
  @Nullable Commit wayBack(MemberDeploy member) {
    if (plan.goBack()) {
      return plan.commit();
    }
    return plan.stable() == null ? member.before : plan.stable();
  }
}
