package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.ProcessContract;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Text;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.DueTime;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.exit.CrashBackoff;
import dev.fastdeploy.launcher.supervisor.exit.ExitDecision;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.LastKnown;
import dev.fastdeploy.launcher.supervisor.exit.ExitFacts.Trial;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Gathers the facts once the service's process has ended, and carries out what {@link ExitDecision}
 * decides: a reload, the previous release, another try after a while, or the launcher's end.
 */
@SupervisorThread
final class AfterExit {

  /** A part of what a JVM prints that has no memory, or no metaspace, left. */
  private static final String OUT_OF_MEMORY = "OutOfMemoryError";

  /** Of "Address already in use", as the C library and Java say it, or a framework of a port. */
  private static final String ADDRESS_IN_USE = "already in use";

  /** The signals by which a JVM ends that breaks: ILL, ABRT, BUS, FPE, SEGV (signal(7)). */
  private static final Set<Integer> CRASHES = Set.of(4, 6, 7, 8, 11);

  /** The least time between two starts of a service without an agent. */
  private static final Duration LEAST_BETWEEN_STARTS = Duration.ofMillis(300);

  private final RunOptions options;
  private final Releases releases;
  private final StopRequest stop;
  private final ReloadRecord reloads;
  private final ConnectionHold hold;
  private final ReleaseStarter starter;
  private final CrashBackoff crashes;
  private final DueTime nextStart = new DueTime();

  /**
   * The commit that did not come up before the release that crashed and is started again; else
   * empty.
   */
  private Optional<Commit> stillFailed = Optional.empty();

  AfterExit(
      RunOptions options,
      Releases releases,
      StopRequest stop,
      ReloadRecord reloads,
      ConnectionHold hold,
      ReleaseStarter starter) {
    this.options = options;
    this.releases = releases;
    this.stop = stop;
    this.reloads = reloads;
    this.hold = hold;
    this.starter = starter;
    this.crashes = new CrashBackoff(options.restart().policy());
  }

  /** Returns the nanoseconds until the next start is due; the largest number if none is. */
  long left(long now) {
    return nextStart.left(now);
  }

  /** Returns true if the next start is due now, or a stop comes before it. */
  boolean isDue(long now) {
    return nextStart.isDue(now) || (stop.requested() && nextStart.isSet());
  }

  /**
   * Starts the next instance, unless the launcher was told to stop.
   *
   * @return the launcher's exit code if it is to end
   */
  OptionalInt startNext() throws InterruptedException {
    if (stop.requested()) {
      return OptionalInt.of(stop.signalCode());
    }
    nextStart.clear();
    return startAgain();
  }

  private OptionalInt startAgain() throws InterruptedException {
    Optional<PendingActivation> activated = releases.pendingActivation();
    activated.ifPresent(reloads::begins);
    Release release = releases.afterReload();
    boolean isNew = releases.pending().filter(release.commit()::equals).isPresent();
    if (activated.isPresent() && !isNew) {
      reloads.takenBack();
    }
    Diagnostics.say(
        "the release " + release.commit() + " is started" + (isNew ? ", on probation" : ""));
    return isNew ? starter.startNew(release) : starter.startKnown(release, stillFailed);
  }

  /**
   * Decides what follows an instance that has ended, and carries it out.
   *
   * @return the launcher's exit code if it is to end
   */
  OptionalInt decide(ServiceInstance ended) throws InterruptedException {
    int code = ended.child().exitCode().orElse(0);
    ExitFacts facts = facts(ended, code);
    ended.watch().stopAsking();
    if (!facts.stopRequested() && endedByArchive(ended, facts)) {
      return starter.startOnceMore(ended);
    }
    if (!facts.stopRequested() && isHinderedByHeldListeners(ended, code)) {
      Diagnostics.say(
          "the service ended with code "
              + code
              + ", perhaps because its listeners are held; they are closed, and it is started once"
              + " more");
      hold.close();
      return starter.startOnceMore(ended);
    }
    if (!facts.stopRequested()) {
      starter.explain(ended.child(), code);
    }
    return carryOut(ExitDecision.of(facts), ended, code);
  }

  /**
   * Returns true if a JVM ended before its agent was there, and may have done so because of its
   * archive of classes, which must not count as its release's failure. It is not offered again, so
   * that this happens once.
   */
  private boolean endedByArchive(ServiceInstance ended, ExitFacts facts) {
    Child child = ended.child();
    Optional<ArchiveOffer.Offered> archive = child.archive();
    if (archive.isEmpty()
        || facts.code() == 0
        || facts.endedWithAgreedCode()
        || child.hello()
        || child.silent()
        || isGivenUp(ended)
        || ended.readiness().wasReady(System.nanoTime())) {
      return false;
    }
    starter.endedWith(archive.get(), facts.code());
    return !archive.get().required();
  }

  private static boolean isGivenUp(ServiceInstance ended) {
    Watched watched = ended.watch().watched();
    return watched != null && watched.givenUpBecause().isPresent();
  }

  /**
   * Returns true if it is likely that copies of listeners kept a process from starting, which must
   * not count as its release's failure: a port of theirs was refused to it, it says so itself, its
   * JVM crashed before the agent was there, or it is a release that had run before. A release that
   * ends for a reason of its own loses no client: the one before it adopts the same copies.
   */
  private boolean isHinderedByHeldListeners(ServiceInstance ended, int code)
      throws InterruptedException {
    Child child = ended.child();
    if (!hold.holds()
        || code == 0
        || child.announced()
        || ended.readiness().wasReady(System.nanoTime())) {
      return false;
    }
    if (isGivenUp(ended)) {
      return false;
    }
    Watched watched = ended.watch().watched();
    return hold.collides()
        || (!child.hello() && CRASHES.contains(code - ProcessContract.SIGNAL_EXIT_BASE))
        || (watched == null || !watched.isNewRelease())
        || child.piped().lastLines().stream().anyMatch(line -> line.contains(ADDRESS_IN_USE));
  }

  private ExitFacts facts(ServiceInstance ended, int code) {
    return new ExitFacts(
        code,
        new ExitFacts.ReloadCode(
            options.restart().reloadExitCode(), options.restart().reloadByCode()),
        stop.requested(),
        lastKnown(ended));
  }

  private LastKnown lastKnown(ServiceInstance ended) {
    if (ended.child().announced()) {
      return new LastKnown.ReloadAnnounced();
    }
    if (ended.child().onProbationInPlace()) {
      return new LastKnown.OnProbationInPlace();
    }
    return ended.child().hello()
        ? new LastKnown.WithAgent(trial(ended))
        : new LastKnown.WithoutAgent(trial(ended));
  }

  private Trial trial(ServiceInstance ended) {
    Watched watched = ended.watch().watched();
    if (watched == null) {
      return new Trial.Over();
    }
    Optional<Commit> failed = watched.failed();
    return failed.isPresent()
        ? new Trial.Restoring(failed.get(), releases.isImage(ended.child().release()))
        : new Trial.OnProbation(watched.givenUpBecause(), watched.probation().isReady());
  }

  /**
   * Carries out a decision.
   *
   * @return the launcher's exit code if it is to end
   */
  private OptionalInt carryOut(ExitDecision decision, ServiceInstance ended, int code)
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
      return starter.rollBack(ended.child(), back.reason(), back.exitCode());
    }
    if (decision instanceof ExitDecision.StartImage image) {
      return startImage(ended.child(), image.failed());
    }
    if (decision instanceof ExitDecision.RestartAfterCrash crash) {
      return restart(ended, code, crash.failed());
    }
    reload(ended, (ExitDecision.Reload) decision);
    return OptionalInt.empty();
  }

  private void reload(ServiceInstance ended, ExitDecision.Reload reload) {
    stillFailed = Optional.empty();
    nextStart.at(
        reload.atOnce() ? System.nanoTime() : ended.startedAt() + LEAST_BETWEEN_STARTS.toNanos());
  }

  /** Records how a deploy ended whose JVM died, in place of its agent. */
  private void explainBrokenDeploy(ServiceInstance ended, int code) throws InterruptedException {
    Duration ranFor = Duration.ofNanos(System.nanoTime() - ended.startedAt());
    Optional<DeployOutcome> deploy = releases.brokenOff(ranFor);
    if (deploy.isEmpty()) {
      return;
    }
    String said =
        ended.child().piped().lastLines().stream()
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
  private OptionalInt restart(ServiceInstance ended, int code, Optional<Commit> failed) {
    long now = System.nanoTime();
    Optional<Duration> wait = crashes.afterCrash(Duration.ofNanos(now - ended.startedAt()));
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
