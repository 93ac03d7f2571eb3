package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An instance that does what it is asked for, or not, in virtual time. */
final class SimulatedMember {

  /** What the new commit does on a member. */
  enum Temper {
    GOOD,
    ROLLS_BACK,
    HANGS,
    DIES,
    GOES_SILENT,
    CANNOT_STAGE,
    COMES_UP_AND_LEAVES,
    REFUSES,
    FAILS
  }

  final String identity;
  final String zone;
  final SimulatedFleet fleet;
  Temper temper = Temper.GOOD;
  String address;
  Commit running;
  @Nullable Commit image = new Commit("image");
  long freeBytes;
  boolean proven = true;

  /** Whether it says what it runs; it does in any case once it was asked to change. */
  boolean tellsWhatItRuns = true;

  boolean inService = true;
  boolean dead;
  boolean silent;
  boolean listed = true;
  final Set<Commit> refused = new HashSet<>();
  final Set<Commit> everProven = new HashSet<>();
  DeployStanding standing = DeployStanding.NONE;
  int attempt;
  int epoch;
  @Nullable Commit toward;
  private Report.@Nullable Ended ended;
  private int operation;

  SimulatedMember(SimulatedFleet fleet, String identity, String address, String zone, Commit runs) {
    this.fleet = fleet;
    this.identity = identity;
    this.address = address;
    this.zone = zone;
    this.running = runs;
  }

  @Override
  public String toString() {
    return identity + " at " + address + " runs " + running + ", " + standing;
  }

  boolean answers() {
    return !dead && !silent && listed;
  }

  Report.Status status() {
    return new Report.Status(
        identity,
        "shop",
        "prod",
        tellsWhatItRuns ? running : null,
        proven,
        refused,
        inService,
        standing,
        attempt,
        toward,
        image,
        freeBytes);
  }

  void asked(Ask ask, int byEpoch) {
    if (ask instanceof Ask.Status) {
      fleet.report(this, status());
      return;
    }
    if (byEpoch < epoch) {
      fleet.report(this, new Report.Fenced("a newer deploy was here"));
      return;
    }
    epoch = byEpoch;
    if (ask instanceof Ask.Stage stage) {
      if (taken(stage.attempt(), stage.commit())) {
        stage();
      }
    } else if (ask instanceof Ask.Activate activate) {
      if (temper == Temper.REFUSES) {
        refuse(activate.attempt());
      } else if (temper == Temper.FAILS) {
        fleet.report(
            this,
            new Report.Ended(
                activate.attempt(),
                Report.Result.FAILED,
                Cause.APPLICATION,
                "it could not record that",
                List.of()));
      } else if (taken(activate.attempt(), activate.commit())) {
        change(activate.commit());
      }
    } else if (ask instanceof Ask.Rollback rollback) {
      if (temper == Temper.REFUSES) {
        refuse(rollback.attempt());
      } else if (taken(rollback.attempt(), rollback.commit())) {
        change(rollback.commit());
      }
    } else if (ask instanceof Ask.Cancel && standing == DeployStanding.STAGING) {
      operation++;
      end(DeployStanding.FAILED, Report.Result.FAILED, Cause.ARTIFACT);
    }
  }

  /** Nothing is begun, and no record of it is kept. */
  private void refuse(int number) {
    fleet.report(
        this,
        new Report.Ended(
            number, Report.Result.FAILED, Cause.APPLICATION, "it has no --ready", List.of(), true));
  }

  /** The same attempt is done once, and an older one not at all. */
  private boolean taken(int number, Commit commit) {
    if (number < attempt) {
      return false;
    }
    if (number == attempt) {
      if (ended != null) {
        fleet.report(this, ended);
      }
      return false;
    }
    if (standing == DeployStanding.ACTIVATING && fleet.chance(0.3)) {
      fleet.report(
          this, new Report.Ended(number, Report.Result.BUSY, Cause.APPLICATION, "", List.of()));
      return false;
    }
    operation++;
    attempt = number;
    toward = commit;
    ended = null;
    fleet.report(this, new Report.Said(number, Step.ACCEPTED));
    return true;
  }

  private void stage() {
    standing = DeployStanding.STAGING;
    after(
        fleet.between(200, 4_000),
        () -> {
          if (temper == Temper.CANNOT_STAGE) {
            end(DeployStanding.FAILED, Report.Result.FAILED, Cause.ARTIFACT);
          } else {
            end(DeployStanding.STAGED, Report.Result.STAGED, Cause.ARTIFACT);
          }
        });
  }

  private void change(Commit commit) {
    standing = DeployStanding.ACTIVATING;
    Commit from = running;
    Temper how = commit.equals(fleet.bad) ? temper : Temper.GOOD;
    after(fleet.between(100, 2_000), () -> drained(commit, from, how));
  }

  private void drained(Commit commit, Commit from, Temper how) {
    fleet.report(this, new Report.Said(attempt, Step.DRAINING));
    inService = false;
    proven = false;
    running = commit;
    tellsWhatItRuns = true;
    fleet.report(this, new Report.Lost("the process ended"));
    after(fleet.between(300, 3_000), () -> started(from, how));
  }

  private void started(Commit from, Temper how) {
    switch (how) {
      case HANGS -> push();
      case DIES -> dead = true;
      case GOES_SILENT -> silent = true;
      case ROLLS_BACK -> {
        push();
        after(fleet.between(1_000, 20_000), () -> rolledBack(from));
      }
      default -> {
        inService = true;
        push();
        after(5_000, () -> proven(how));
      }
    }
  }

  private void rolledBack(Commit from) {
    refused.add(running);
    running = from;
    proven = true;
    inService = true;
    end(DeployStanding.ROLLED_BACK, Report.Result.ROLLED_BACK, Cause.APPLICATION);
    push();
  }

  private void proven(Temper how) {
    proven = true;
    everProven.add(running);
    end(DeployStanding.PROVEN, Report.Result.PROVEN, Cause.APPLICATION);
    push();
    if (how == Temper.COMES_UP_AND_LEAVES) {
      after(
          3_000,
          () -> {
            inService = false;
            push();
          });
    }
  }

  private void end(DeployStanding how, Report.Result result, Cause cause) {
    standing = how;
    ended =
        new Report.Ended(
            attempt,
            result,
            cause,
            result == Report.Result.STAGED || result == Report.Result.PROVEN ? "" : "it failed",
            List.of("last line"));
    fleet.report(this, ended);
  }

  void push() {
    if (answers()) {
      fleet.report(this, status());
    }
  }

  /** It leaves service or comes back, for no reason of ours. */
  void toggle() {
    if (!dead && standing != DeployStanding.ACTIVATING) {
      inService = !inService;
      push();
    }
  }

  void die() {
    dead = true;
    inService = false;
    operation++;
    fleet.report(this, new Report.Lost("no route to host"));
  }

  private void after(long millis, Runnable then) {
    int mine = operation;
    fleet.after(
        millis,
        () -> {
          if (mine == operation && !dead && listed) {
            then.run();
          }
        });
  }
}
