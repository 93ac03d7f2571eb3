package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Probation;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The second half of a deploy whose process continues: reloads, watches the release on probation as
 * the launcher does with a process, and goes back if it does not come up. One deploy at a time.
 */
final class InPlaceDeploy {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

  private static final String STOPPING = "the process was told to end";

  /**
   * The time for a stop to arrive: the launcher tells the agent first and then sends the signal,
   * but the two may cross.
   */
  private static final Duration STOP_MAY_FOLLOW = Duration.ofMillis(100);

  private final ReleaseHome home;
  private final RunningRelease running;
  private final ServiceFacts service;
  private final LauncherPort launcher;
  private final Strategies strategies;
  private final ProbationTimes times;
  private final Waiting waiting;
  private final ServiceExit exit;
  private final BooleanSupplier stopping;
  private final Runnable changed;

  /**
   * @param exit ends the process if going back in place fails
   * @param stopping returns true if the process was told to end
   * @param changed runs after each change that a status shows
   */
  InPlaceDeploy(
      ReleaseHome home,
      RunningRelease running,
      ServiceFacts service,
      LauncherPort launcher,
      Strategies strategies,
      ProbationTimes times,
      Waiting waiting,
      ServiceExit exit,
      BooleanSupplier stopping,
      Runnable changed) {
    this.home = home;
    this.running = running;
    this.service = service;
    this.launcher = launcher;
    this.strategies = strategies;
    this.times = times;
    this.waiting = waiting;
    this.exit = exit;
    this.stopping = stopping;
    this.changed = changed;
  }

  /**
   * Carries out the second half.
   *
   * @param deploy a deploy whose release is current already
   * @return true if it is over and recorded; if not, the process ends, and an activation that was
   *     never proven is given up at the next start
   * @throws ReloadDeclinedException if the reload did not take place; the service runs on as before
   */
  boolean carryOut(ActiveDeploy deploy, InPlaceReload strategy, ReloadRequest request)
      throws ReloadDeclinedException, InterruptedException {
    launcher.runs(request.to().commit(), true);
    Optional<String> failure = reload(strategy, request);
    if (failure.isEmpty()) {
      failure = probation(deploy, strategy, request);
    }
    try {
      if (failure.isEmpty()) {
        prove(deploy, strategy, request);
        return true;
      }
      return !stopped() && goBack(deploy, strategy, request, failure.get());
    } catch (RuntimeException | Error unforeseen) {
      // Out of memory, for example. The launcher goes by the record, whatever it says.
      endBroken(request.from(), Diagnostics.reason(unforeseen));
      return false;
    }
  }

  private Optional<String> probation(
      ActiveDeploy deploy, InPlaceReload strategy, ReloadRequest request)
      throws InterruptedException {
    try {
      now(strategy, request.to());
      deploy.enter(InstanceState.PROBATION);
      reached(deploy, Phase.STARTED);
      Optional<String> failure = watch(deploy, strategy);
      // If the files stay, so do the classes.
      return failure.isEmpty() && strategy.replacesFiles() ? service.staleBecause() : failure;
    } catch (RuntimeException | Error unforeseen) {
      return Optional.of("its probation broke off: " + Diagnostics.reason(unforeseen));
    }
  }

  /**
   * Returns true if the process was told to end. A release that is being ended did not fail,
   * whatever it does meanwhile.
   */
  private boolean stopped() throws InterruptedException {
    if (!stopping.getAsBoolean()) {
      waiting.pause(STOP_MAY_FOLLOW);
    }
    return stopping.getAsBoolean();
  }

  /**
   * Returns why the reload broke off, or empty if it did not. An unforeseen failure leaves an
   * undefined state, which is no release.
   */
  private Optional<String> reload(InPlaceReload strategy, ReloadRequest request)
      throws ReloadDeclinedException {
    try {
      strategies.tellOthers(strategy, request.to());
      strategy.reload(request);
      return Optional.empty();
    } catch (ReloadDeclinedException declined) {
      launcher.runs(request.from().commit(), false);
      throw declined;
    } catch (Throwable unforeseen) {
      return Optional.of("the reload broke off: " + Diagnostics.reason(unforeseen));
    }
  }

  /** Returns why the release fails its probation, or empty once it is proven. */
  private Optional<String> watch(ActiveDeploy deploy, InPlaceReload strategy)
      throws InterruptedException {
    Probation probation = times.begin(waiting.nanos());
    boolean readyTold = false;
    while (true) {
      if (stopping.getAsBoolean()) {
        return Optional.of(STOPPING);
      }
      Optional<String> failure = strategy.failure();
      if (failure.isPresent()) {
        return Optional.of(failure.get() + (readyTold ? " in its soak" : " before it was ready"));
      }
      switch (look(probation)) {
        case PROVEN -> {
          return Optional.empty();
        }
        case TOO_LATE -> {
          return Optional.of(probation.tooLateBecause());
        }
        case SOAKING -> {
          if (!readyTold) {
            readyTold = true;
            reached(deploy, Phase.READY);
          }
        }
        case WAITING -> {}
      }
      waiting.pause(LOOK_AGAIN);
    }
  }

  private Probation.Verdict look(Probation probation) {
    Optional<String> unready = service.unreadyBecause();
    long now = waiting.nanos();
    if (unready.isPresent()) {
      probation.unready(unready.get());
    } else {
      probation.ready(now);
    }
    return probation.verdict(now);
  }

  private void prove(ActiveDeploy deploy, InPlaceReload strategy, ReloadRequest request)
      throws InterruptedException {
    strategy.proven();
    long time = deploy.reached(Phase.PROVEN);
    record(state -> deploy.isPendingIn(state) ? state.withPendingProven(time) : state);
    launcher.runs(request.to().commit(), false);
    Diagnostics.say(
        "the release " + request.to().commit() + " is proven (" + strategy.name() + ")");
  }

  private boolean goBack(
      ActiveDeploy deploy, InPlaceReload strategy, ReloadRequest request, String reason)
      throws InterruptedException {
    Diagnostics.say("the release " + request.to().commit() + " did not come up: " + reason);
    // Requested before the earlier release prints its own.
    Supplier<List<String>> lastLines = launcher.lastLines();
    Optional<String> lost = restore(strategy, request.from());
    List<String> printed = lastLines.get();
    UnaryOperator<HomeState> rolledBack =
        state ->
            deploy.isPendingIn(state) ? state.withPendingRolledBack(reason, null, printed) : state;
    // Only once for now: as long as nothing serves, nothing waits for a disk.
    tryToRecord(rolledBack).ifPresent(InPlaceDeploy::sayNotRecorded);
    pointBack(request.from());
    if (lost.isEmpty()) {
      lost = untilReady(strategy);
    }
    if (lost.isPresent()) {
      endBroken(request.from(), lost.get());
      return false;
    }
    strategy.restored();
    record(rolledBack);
    if (!stopping.getAsBoolean()) {
      long time = deploy.reached(Phase.RESTORED);
      record(state -> withRestored(deploy, state, time));
      launcher.runs(request.from().commit(), false);
      Diagnostics.say(
          "the release " + request.from().commit() + " runs again (" + strategy.name() + ")");
    }
    return true;
  }

  private Optional<String> restore(InPlaceReload strategy, Release before) {
    try {
      if (strategy.interrupts()) {
        service.readinessWithdrawn("the release " + before.commit() + " is started again");
      }
      strategies.tellOthers(strategy, before);
      strategy.restore(before);
      now(strategy, before);
      return Optional.empty();
    } catch (Throwable failure) {
      return Optional.of(Diagnostics.reason(failure));
    }
  }

  /**
   * Returns why the earlier release does not come up either, or empty once it is ready or need not
   * be.
   */
  private Optional<String> untilReady(InPlaceReload strategy) throws InterruptedException {
    Probation probation = times.begin(waiting.nanos());
    while (!stopping.getAsBoolean()) {
      Optional<String> failure = strategy.failure();
      if (failure.isPresent()) {
        return failure;
      }
      switch (look(probation)) {
        case PROVEN, SOAKING -> {
          return Optional.empty();
        }
        case TOO_LATE -> {
          return Optional.of(probation.tooLateBecause());
        }
        case WAITING -> waiting.pause(LOOK_AGAIN);
      }
    }
    return Optional.empty();
  }

  /**
   * Ends the process, since a new one is the last thing to try. The end is not announced: the
   * launcher has been told that this process is on probation, and goes back itself when it ends. A
   * process that was told to end is doing so already, in its own time.
   */
  private void endBroken(Release before, String reason) {
    if (stopping.getAsBoolean()) {
      return;
    }
    Diagnostics.say(
        "the release "
            + before.commit()
            + " did not come up again in this process, which ends: "
            + reason);
    exit.exitBroken();
  }

  private void now(InPlaceReload strategy, Release release) {
    running.becomes(release.commit(), strategy.replacesFiles());
    service.releaseChanged(release, strategy.replacesFiles());
    changed.run();
  }

  private void reached(ActiveDeploy deploy, Phase phase) {
    long time = deploy.reached(phase);
    try {
      home.change(state -> deploy.isPendingIn(state) ? state.reached(phase, time) : state);
    } catch (IOException | RuntimeException failure) {
      // A time missing from a record must not end a deploy.
      Diagnostics.say(
          "the phase " + phase.label() + " was not recorded: " + Diagnostics.reason(failure));
    }
    changed.run();
  }

  /**
   * Records a change, and tries until that succeeds: a verdict is not lost because the disk is full
   * for a while.
   */
  private void record(UnaryOperator<HomeState> change) throws InterruptedException {
    Optional<String> failure = tryToRecord(change);
    failure.ifPresent(InPlaceDeploy::sayNotRecorded);
    while (failure.isPresent()) {
      waiting.pause(RECORD_AGAIN);
      failure = tryToRecord(change);
    }
  }

  private Optional<String> tryToRecord(UnaryOperator<HomeState> change) {
    try {
      home.change(change);
      changed.run();
      return Optional.empty();
    } catch (IOException | RuntimeException | Error failure) {
      return Optional.of(Diagnostics.reason(failure));
    }
  }

  private static void sayNotRecorded(String reason) {
    Diagnostics.say("the outcome is not recorded yet: " + reason);
  }

  private void pointBack(Release before) {
    try {
      home.pointCurrentTo(before.commit());
    } catch (IOException | RuntimeException failure) {
      Diagnostics.say(
          "the release "
              + before.commit()
              + " was not made current again: "
              + Diagnostics.reason(failure));
    }
  }

  private static HomeState withRestored(ActiveDeploy deploy, HomeState state, long time) {
    Optional<DeployOutcome> outcome = state.outcome(deploy.plan().id());
    return outcome
        .map(known -> state.withOutcome(known.reached(Phase.RESTORED, time)))
        .orElse(state);
  }
}
