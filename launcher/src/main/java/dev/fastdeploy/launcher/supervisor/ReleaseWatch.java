package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Probation;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the release that was started last until it is taken for good or given up, and hears
 * whether the service is ready. The supervisor's thread alone uses it.
 */
final class ReleaseWatch {

  private final RunOptions options;
  private final Releases releases;
  private final ServiceStarter starter;
  private final ServiceSignals signals;
  private final Vitals vitals;
  private final PhaseRecord phases;
  private @Nullable Watched watched;
  private Optional<ReadinessProber> prober = Optional.empty();

  ReleaseWatch(
      RunOptions options,
      Releases releases,
      ServiceStarter starter,
      ServiceSignals signals,
      Vitals vitals,
      PhaseRecord phases) {
    this.options = options;
    this.releases = releases;
    this.starter = starter;
    this.signals = signals;
    this.vitals = vitals;
    this.phases = phases;
  }

  /**
   * The service was started from a release that is to be watched.
   *
   * @param failed the commit that it is to replace, if there is one
   * @param now when it was started
   */
  void watch(Child started, Optional<Commit> failed, long now) {
    Probation probation =
        new Probation(
            now,
            options.readyTimeout(),
            options.readyAfter().orElse(Duration.ZERO),
            options.soak());
    watched = Watched.begun(probation, failed);
    if (!started.agentExpected() && options.readiness().isEmpty()) {
      probation.ready(now);
    }
  }

  /** Begins to ask a service that has no agent whether it is ready, if somebody wants to know. */
  void ask(Child started) {
    if (watched != null || options.health().isPresent()) {
      prober = starter.prober(started);
    }
  }

  /** Asks no longer. */
  void stopAsking() {
    prober.ifPresent(ReadinessProber::stop);
    prober = Optional.empty();
  }

  /** Forgets the release: another is about to be started. */
  void forget() {
    watched = null;
  }

  /** What is watched; nothing if the release was taken for good or never had to prove itself. */
  @Nullable Watched watched() {
    return watched;
  }

  /** The service says that it is ready. */
  void ready() {
    vitals.readiness().ready();
    if (watched != null) {
      watched.probation().ready(System.nanoTime());
    }
  }

  /** The service says that it is not. */
  void unready(String reason) {
    vitals.readiness().unready(reason);
    cannotBeHeard(reason);
  }

  /** What is watched cannot be heard of at the moment. */
  void cannotBeHeard(String reason) {
    if (watched != null) {
      watched.probation().unready(reason);
    }
  }

  /** In how many nanoseconds a verdict can change; the largest number if nothing is judged. */
  long left(@Nullable Child current, long now) {
    Watched judged = judged(current);
    return judged == null ? Long.MAX_VALUE : judged.probation().nextLook() - now;
  }

  /** What is to be judged now, if anything is. */
  private @Nullable Watched judged(@Nullable Child current) {
    return current != null && current.state() == ChildState.RUNNING && !current.onProbationInPlace()
        ? watched
        : null;
  }

  /** Acts on the verdict, if there is one to be found now. */
  void judge(Child current, long now) {
    Watched judged = judged(current);
    if (judged == null) {
      return;
    }
    switch (judged.probation().verdict(now)) {
      case WAITING -> {}
      case SOAKING -> becameReady(current, judged);
      case PROVEN -> {
        becameReady(current, judged);
        proven(current, judged);
      }
      case TOO_LATE -> tooLate(current, judged);
    }
  }

  private void becameReady(Child current, Watched judged) {
    if (judged.readyTold()) {
      return;
    }
    watched = judged.withReadyTold();
    if (judged.isNewRelease()) {
      phases.pass(Phase.READY);
      phases.write();
    } else {
      judged.failed().ifPresent(releases::restored);
      vitals.restored();
      taken();
    }
    current.tell(new ChannelMessage.StateChanged());
  }

  private void proven(Child current, Watched judged) {
    if (judged.isNewRelease()) {
      releases.proven();
      vitals.reloadProven();
      Diagnostics.say("the release " + current.release().commit() + " is proven");
      taken();
      current.tell(new ChannelMessage.StateChanged());
    }
  }

  /** The release is no longer watched: from now on its end is the platform's matter. */
  void taken() {
    if (options.health().isPresent()) {
      prober.ifPresent(ReadinessProber::calmDown);
    } else {
      stopAsking();
    }
    watched = null;
  }

  private void tooLate(Child current, Watched judged) {
    if (!judged.isNewRelease() && current.release().equals(releases.image())) {
      Diagnostics.say("the image's release is not ready either; it is left to the platform");
      taken();
      return;
    }
    watched = judged.givenUp(judged.probation().tooLateBecause());
    signals.giveUp(current);
  }
}
