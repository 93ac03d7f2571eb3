package dev.fastdeploy.benchmarks.simulation.fastdeploy;

import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.launcher.fleet.plan.Ask;
import dev.fastdeploy.launcher.fleet.plan.Cause;
import dev.fastdeploy.launcher.fleet.plan.DeployStanding;
import dev.fastdeploy.launcher.fleet.plan.Input;
import dev.fastdeploy.launcher.fleet.plan.MemberId;
import dev.fastdeploy.launcher.fleet.plan.Report;
import dev.fastdeploy.launcher.fleet.plan.Step;
import java.util.List;
import java.util.Set;

/**
 * One instance and the connection to it, which breaks with each restart, as the strategy {@code
 * process} has it. The release comes up.
 */
final class Instance {

  static final String APP = "service";
  static final String ENVIRONMENT = "prod";
  static final Commit OLD = new Commit("old");
  static final Commit NEW = new Commit("new");

  private final Fleet fleet;
  private final int number;
  private final MemberId id;
  private DeployStanding standing = DeployStanding.NONE;
  private int attempt;
  private Commit running = OLD;
  private boolean isProven = true;
  private boolean isServing = true;
  private boolean isUp = true;
  private boolean isConnected;
  private boolean isDialled;

  Instance(Fleet fleet, int number, MemberId id) {
    this.fleet = fleet;
    this.number = number;
    this.id = id;
  }

  /** It is asked; the same attempt does the thing once. */
  void asked(Ask ask) {
    if (ask instanceof Ask.Status) {
      answer();
    } else if (ask instanceof Ask.Stage stage) {
      if (isNew(stage.attempt())) {
        stage();
      }
    } else if (ask instanceof Ask.Activate activate) {
      if (isNew(activate.attempt())) {
        drain();
      }
    } else {
      throw new IllegalStateException("a release that comes up is taken back: " + ask);
    }
  }

  private boolean isNew(int asked) {
    boolean isNew = asked > attempt;
    attempt = Math.max(attempt, asked);
    return isNew;
  }

  private void answer() {
    if (isConnected) {
      tell(status());
    } else if (isUp) {
      dial();
    }
  }

  private void dial() {
    if (!isDialled) {
      isDialled = true;
      fleet.whenDialled(this::connected);
    }
  }

  private void connected() {
    isDialled = false;
    isConnected = true;
    if (standing == DeployStanding.PROVEN) {
      tell(ended(Report.Result.PROVEN));
    }
    tell(status());
  }

  private void stage() {
    standing = DeployStanding.STAGING;
    tell(new Report.Said(attempt, Step.ACCEPTED));
    fleet.whenTheStoreAnswers(
        () ->
            fleet.after(fleet.drawn(times().stage(), FastdeployDraw.STAGE, number), this::staged));
  }

  private void staged() {
    standing = DeployStanding.STAGED;
    tell(ended(Report.Result.STAGED));
  }

  private void drain() {
    standing = DeployStanding.ACTIVATING;
    isServing = false;
    fleet.tally().oldDrains(fleet.now());
    tell(new Report.Said(attempt, Step.DRAINING));
    tell(status());
    long drain =
        fleet.drawn(fleet.parameters().application().drain(), FastdeployDraw.DRAIN, number);
    fleet.after(Math.min(drain, fleet.parameters().drainTimeout().toMillis()), this::restart);
  }

  private void restart() {
    isUp = false;
    isConnected = false;
    isProven = false;
    running = NEW;
    fleet.tally().oldEnds(fleet.now());
    fleet.tally().newStarts(fleet.now());
    tell(new Report.Lost("the process ended"));
    fleet.after(fleet.drawn(times().restart(), FastdeployDraw.RESTART, number), this::ready);
  }

  private void ready() {
    isUp = true;
    isServing = true;
    fleet.tally().newRuns(fleet.now());
    dial();
    fleet.after(fleet.parameters().soak().toMillis(), this::proven);
  }

  private void proven() {
    standing = DeployStanding.PROVEN;
    isProven = true;
    if (isConnected) {
      tell(ended(Report.Result.PROVEN));
      tell(status());
    }
  }

  private RestartTimes times() {
    return fleet.parameters().application().restartTimes();
  }

  private Report.Ended ended(Report.Result result) {
    return new Report.Ended(attempt, result, Cause.APPLICATION, "", List.of());
  }

  private Report.Status status() {
    return new Report.Status(
        id.value(),
        APP,
        ENVIRONMENT,
        running,
        isProven,
        Set.of(),
        isServing,
        standing,
        attempt,
        attempt == 0 ? null : NEW,
        null,
        0);
  }

  private void tell(Report report) {
    fleet.tell(new Input.Heard(id, report));
  }
}
