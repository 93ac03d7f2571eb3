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

/** What the parts of the planner share: how the deploy stands, and what is to be done. */
final class Course {

  private static final String ITSELF = "the deploy itself";

  final Plan plan;
  final Members members = new Members();
  final Deadlines deadlines = new Deadlines();
  final Failures failures;
  final Sources sources;
  final Journal journal;
  final Images images;

  /** Those that a source lists and that come from an image that is newer than the deploy. */
  final Map<MemberId, Commit> outside = new HashMap<>();

  /** The time of the call that is being answered. */
  long now;

  /** What the command has and the release needs, as far as it is known. */
  Input.Means means = new Input.Means(0, 0);

  /** The wave that is under way. */
  int wave;

  /** Members are brought back, and none is moved any more. */
  boolean goingBack;

  /** Why; empty if a person wants it. */
  String wentBackBecause = "";

  /** Whoever is seen from now on belongs to no plan any more. */
  boolean closed;

  boolean paused;

  /** It waits for a person's word, and no person ordered it to. */
  private boolean pausedItself;

  @Nullable Order abort;

  /** Somebody else has the record, or a member has seen a newer deploy. */
  @Nullable String superseded;

  /** Something that ends the deploy before anything was moved. */
  @Nullable Trouble misfit;

  private final Set<String> ordersTaken = new HashSet<>();
  private final Set<Deadlines.Of> over = EnumSet.noneOf(Deadlines.Of.class);
  private List<Action> actions = new ArrayList<>();
  private int highWater;

  Course(Plan plan, Set<Commit> images) {
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

  /** How much was done since what was done was taken. */
  int done() {
    return actions.size();
  }

  /** Says something before what was done since then. */
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

  /** Looks at progress from here on. */
  void watchProgress(int done) {
    highWater = Math.max(highWater, done);
    if (!paused) {
      arm(Deadlines.Of.PROGRESS, plan.patience().progress());
    }
  }

  /** Begins to count from nothing. */
  void restartProgress() {
    highWater = 0;
    watchProgress(0);
  }

  /** Only more than there ever were is progress: a member that comes and goes is none. */
  void noteProgress(int done) {
    if (done > highWater) {
      watchProgress(done);
    }
  }

  /** Notes an order; true the first time, for the record may tell of one again. */
  boolean isFirst(Order order) {
    return ordersTaken.add(order.id());
  }

  /** A person has it begin nothing new until one resumes it. */
  void pausedBy(Order order) {
    pausedItself = false;
    pause(true, order.by(), order.why());
  }

  /** A person lets it go on. */
  void resumedBy(Order order) {
    pause(false, order.by(), order.why());
  }

  /** Begins nothing new until a person says that it may go on. */
  void pauseItself(String why) {
    if (!paused) {
      pausedItself = true;
      pause(true, ITSELF, why);
    }
  }

  /**
   * What has failed waits for a person who ordered it to, as long as a pause may last, and for
   * nothing else.
   */
  void endPauseForRollback() {
    if (pausedItself || isOver(Deadlines.Of.PAUSE)) {
      pause(false, ITSELF, "it goes back");
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

  /** Whether a member may be asked to change: nobody said stop, and the record is ours. */
  boolean mayAsk() {
    return !paused && journal.isFresh(now) && members.unsurveyed() == 0;
  }

  /**
   * Whether a successor knows all that was fed up to a mark. If not, it is written as soon as can
   * be.
   */
  boolean isRecorded(long mark) {
    journal.hurry(mark);
    return journal.holds(mark);
  }

  /** Whether one that serves can be spared. */
  boolean canSpareOne() {
    return members.serving() > plan.window().floor(members.living());
  }

  /** How many may be changing. */
  int window() {
    return plan.window().size(members.living());
  }

  /** Where a member goes back to; none if nobody knows what it ran. */
  @Nullable Commit wayBack(MemberDeploy member) {
    if (plan.goBack()) {
      return plan.commit();
    }
    return plan.stable() == null ? member.before : plan.stable();
  }
}
