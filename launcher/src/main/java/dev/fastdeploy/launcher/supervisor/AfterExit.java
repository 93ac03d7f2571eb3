package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.Deadline;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.exit.CrashBackoff;
import dev.fastdeploy.launcher.supervisor.exit.ExitDecision;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.LastKnown;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.Trial;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts;
import dev.fastdeploy.launcher.supervisor.releases.PhaseRecord;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gathers the facts once the service's process has ended, and carries out what {@link ExitDecision}
 * decides: a reload, the release before, another try after a while, or the launcher's end. The
 * supervisor's thread alone uses it.
 */
final class AfterExit {

  /** How long the channel of a service that has ended may take to be read to its end. */
  private static final Duration CHANNEL_GRACE = Duration.ofSeconds(1);

  /** In what a JVM prints that has no memory, or no metaspace, left. */
  private static final String OUT_OF_MEMORY = "OutOfMemoryError";

  /** How fast a service without an agent may ask to be started again. */
  private static final Duration LEAST_BETWEEN_STARTS = Duration.ofMillis(300);

  private final RunOptions options;
  private final Releases releases;
  private final CurrentProcess process;
  private final StopRequest stop;
  private final ServiceSignals signals;
  private final ReleaseWatch watch;
  private final Vitals vitals;
  private final PhaseRecord phases;
  private final ReleaseStarter starter;
  private final CrashBackoff crashes;
  private final Deadline decision = new Deadline();
  private final Deadline nextStart = new Deadline();

  /** The commit that did not come up before what crashed and is started again, if that is why. */
  private Optional<Commit> stillFailed = Optional.empty();

  AfterExit(
      RunOptions options,
      Releases releases,
      CurrentProcess process,
      StopRequest stop,
      ServiceSignals signals,
      ReleaseWatch watch,
      Vitals vitals,
      PhaseRecord phases,
      ReleaseStarter starter) {
    this.options = options;
    this.releases = releases;
    this.process = process;
    this.stop = stop;
    this.signals = signals;
    this.watch = watch;
    this.vitals = vitals;
    this.phases = phases;
    this.starter = starter;
    this.crashes = new CrashBackoff(options.restart());
  }

  /** The service's process has ended. What it said last may still be on its way. */
  void exited(Child ended, int code) {
    ended.exited(code);
    signals.clear();
    phases.pass(Phase.EXITED);
    decision.in(ended.hasAgent() && !ended.saidAll() ? CHANNEL_GRACE : Duration.ZERO);
  }

  /** All that the service said has been heard. */
  void heardAll() {
    if (decision.isSet()) {
      decision.in(Duration.ZERO);
    }
  }

  /** In how many nanoseconds something is due; the largest number if nothing is. */
  long left(long now) {
    return Math.min(decision.left(now), nextStart.left(now));
  }

  /** Whether something is due now. */
  boolean isDue(long now) {
    return decision.isDue(now) || nextStart.isDue(now) || stopsBeforeNextStart();
  }

  /**
   * Does what is due.
   *
   * @return the launcher's exit code if it is to end
   */
  OptionalInt act(Child ended, long now) throws InterruptedException {
    if (stopsBeforeNextStart()) {
      return OptionalInt.of(stop.signalCode());
    }
    if (nextStart.takeIfDue(now)) {
      return startAgain();
    }
    return decision.takeIfDue(now) ? decide(ended) : OptionalInt.empty();
  }

  private boolean stopsBeforeNextStart() {
    return stop.requested() && nextStart.isSet();
  }

  private OptionalInt startAgain() throws InterruptedException {
    Optional<PendingActivation> activated = releases.pendingActivation();
    activated.ifPresent(vitals::reloadBegins);
    Release release = releases.afterReload();
    boolean isNew = releases.pending().filter(release.commit()::equals).isPresent();
    if (activated.isPresent() && !isNew) {
      vitals.reloadTakenBack();
    }
    Diagnostics.say(
        "the release " + release.commit() + " is started" + (isNew ? ", on probation" : ""));
    return isNew ? starter.startNew(release) : starter.startKnown(release, stillFailed);
  }

  private OptionalInt decide(Child ended) throws InterruptedException {
    int code = ended.exitCode().orElse(0);
    ExitFacts facts = facts(ended, code);
    watch.stopAsking();
    if (!facts.stopRequested()) {
      starter.explain(ended, code);
    }
    return carryOut(ExitDecision.of(facts), ended, code);
  }

  private ExitFacts facts(Child ended, int code) {
    return new ExitFacts(
        code,
        new ExitFacts.ReloadCode(options.reloadExitCode(), options.reloadByCode()),
        stop.requested(),
        lastKnown(ended));
  }

  private LastKnown lastKnown(Child ended) {
    if (ended.announced()) {
      return new LastKnown.ReloadAnnounced();
    }
    if (ended.onProbationInPlace()) {
      return new LastKnown.OnProbationInPlace();
    }
    return ended.hello()
        ? new LastKnown.WithAgent(trial(ended))
        : new LastKnown.WithoutAgent(trial(ended));
  }

  private Trial trial(Child ended) {
    Watched watched = watch.watched();
    if (watched == null) {
      return new Trial.Over();
    }
    Optional<Commit> failed = watched.failed();
    return failed.isPresent()
        ? new Trial.Restoring(failed.get(), ended.release().equals(releases.image()))
        : new Trial.OnProbation(watched.givenUpBecause(), watched.probation().isReady());
  }

  /**
   * Carries a decision out.
   *
   * @return the launcher's exit code if it is to end
   */
  private OptionalInt carryOut(ExitDecision decision, Child ended, int code)
      throws InterruptedException {
    if (decision.mayBreakOffDeploy()) {
      explainBrokenDeploy(ended, code);
    }
    if (decision instanceof ExitDecision.EndBySignal) {
      return OptionalInt.of(stop.signalCode());
    }
    if (decision instanceof ExitDecision.End) {
      return OptionalInt.of(stop.endCode(code));
    }
    if (decision instanceof ExitDecision.RollBack back) {
      return starter.rollBack(ended, back.reason(), back.exitCode());
    }
    if (decision instanceof ExitDecision.StartImage image) {
      return startImage(ended, image.failed());
    }
    if (decision instanceof ExitDecision.RestartAfterCrash crash) {
      return restart(code, crash.failed());
    }
    reload((ExitDecision.Reload) decision);
    return OptionalInt.empty();
  }

  private void reload(ExitDecision.Reload reload) {
    stillFailed = Optional.empty();
    nextStart.at(
        reload.atOnce() ? System.nanoTime() : process.startedAt() + LEAST_BETWEEN_STARTS.toNanos());
  }

  /** What the agent of a JVM that died cannot say any more. */
  private void explainBrokenDeploy(Child ended, int code) throws InterruptedException {
    Duration ranFor = Duration.ofNanos(System.nanoTime() - process.startedAt());
    Optional<DeployOutcome> deploy = releases.brokenOff(ranFor);
    if (deploy.isEmpty()) {
      return;
    }
    String said =
        ended.piped().lastLines().stream()
            .filter(line -> line.contains(OUT_OF_MEMORY))
            .reduce((first, last) -> last)
            .map(line -> ", after it said '" + Text.shortened(line.strip(), 200) + "'")
            .orElse("");
    releases.brokenOff(deploy.get(), "the service ended with code " + code + said);
  }

  private OptionalInt startImage(Child ended, Commit failed) throws InterruptedException {
    Diagnostics.say(
        "the release "
            + ended.release().commit()
            + " does not come up either; the image's is started");
    return starter.startKnown(releases.backToImage(), Optional.of(failed));
  }

  /** Starts the service again after a while, as long as {@code --restart} allows. */
  private OptionalInt restart(int code, Optional<Commit> failed) {
    long now = System.nanoTime();
    Optional<Duration> wait = crashes.afterCrash(Duration.ofNanos(now - process.startedAt()));
    if (wait.isEmpty()) {
      crashes
          .usedUp()
          .ifPresent(
              many ->
                  Diagnostics.say(
                      "the service ended with code " + code + "; " + many + "; the launcher ends"));
      return OptionalInt.of(code);
    }
    Diagnostics.say(
        "the service ended with code "
            + code
            + "; it is started again in "
            + wait.get().toSeconds()
            + " s (restart "
            + crashes.count()
            + ")");
    stillFailed = failed;
    starter.crashed();
    nextStart.at(now + wait.get().toNanos());
    return OptionalInt.empty();
  }
}
