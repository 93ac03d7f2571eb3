package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Text;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What follows after the service's process has ended: a reload, the release before, another try
 * after a while, or the launcher's end. The supervisor's thread alone uses it.
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
  private final ServiceRun run;
  private final StopRequest stop;
  private final ServiceSignals signals;
  private final ReleaseWatch watch;
  private final Vitals vitals;
  private final PhaseRecord phases;
  private final ServiceStarts starts;
  private final CrashBackoff crashes;
  private final Deadline decision = new Deadline();
  private final Deadline nextStart = new Deadline();

  /** The commit that did not come up before what crashed and is started again, if that is why. */
  private Optional<Commit> stillFailed = Optional.empty();

  AfterExit(
      RunOptions options,
      Releases releases,
      ServiceRun run,
      StopRequest stop,
      ServiceSignals signals,
      ReleaseWatch watch,
      Vitals vitals,
      PhaseRecord phases,
      ServiceStarts starts) {
    this.options = options;
    this.releases = releases;
    this.run = run;
    this.stop = stop;
    this.signals = signals;
    this.watch = watch;
    this.vitals = vitals;
    this.phases = phases;
    this.starts = starts;
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
    return isNew ? starts.startNew(release) : starts.startKnown(release, stillFailed);
  }

  private OptionalInt decide(Child ended) throws InterruptedException {
    int code = ended.exitCode().orElse(0);
    Watched was = watch.watched();
    watch.stopAsking();
    if (!stop.requested()) {
      starts.explain(ended, code);
    }
    boolean agreedCode = options.reloadByCode() && code == options.reloadExitCode();
    if (stop.requested()) {
      boolean reloadOvertaken =
          ended.hello() ? ended.announced() && code == options.reloadExitCode() : agreedCode;
      return OptionalInt.of(stop.endCode(reloadOvertaken ? stop.signalCode() : code));
    }
    if (ended.onProbationInPlace() && !ended.announced()) {
      return starts.rollBack(ended, "it ended with code " + code + " on probation", code);
    }
    if (was != null && !ended.announced()) {
      return afterFailure(ended, was, code);
    }
    ExitDecision decided =
        ExitDecision.of(ended.hello(), ended.announced(), stop.requested(), agreedCode);
    if (decided == ExitDecision.END) {
      explainBrokenDeploy(ended, code);
      return afterCrash(code, Optional.empty());
    }
    stillFailed = Optional.empty();
    nextStart.at(
        ended.hello() ? System.nanoTime() : run.startedAt() + LEAST_BETWEEN_STARTS.toNanos());
    return OptionalInt.empty();
  }

  /** What the agent of a JVM that died cannot say any more. */
  private void explainBrokenDeploy(Child ended, int code) throws InterruptedException {
    Duration ranFor = Duration.ofNanos(System.nanoTime() - run.startedAt());
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

  /**
   * A watched release has ended: what comes before it is started, as long as there is something.
   */
  private OptionalInt afterFailure(Child ended, Watched was, int code) throws InterruptedException {
    Commit commit = ended.release().commit();
    if (was.isNewRelease()) {
      String reason =
          was.givenUpBecause()
              .orElse(
                  "it ended with code "
                      + code
                      + (was.probation().isReady() ? " in its soak" : " before it was ready"));
      return starts.rollBack(ended, reason, was.givenUpBecause().isPresent() ? null : code);
    }
    if (!ended.release().equals(releases.image())) {
      Diagnostics.say("the release " + commit + " does not come up either; the image's is started");
      return starts.startKnown(releases.backToImage(), was.failed());
    }
    return afterCrash(code, was.failed());
  }

  /** The service has ended by itself, and there is no release to go back to. */
  private OptionalInt afterCrash(int code, Optional<Commit> failed) {
    if (code == 0) {
      return OptionalInt.of(code);
    }
    long now = System.nanoTime();
    Optional<Duration> wait = crashes.afterCrash(Duration.ofNanos(now - run.startedAt()));
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
    starts.crashed();
    nextStart.at(now + wait.get().toNanos());
    return OptionalInt.empty();
  }
}
