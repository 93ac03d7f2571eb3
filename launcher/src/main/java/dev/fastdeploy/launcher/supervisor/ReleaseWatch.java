package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Probation;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.releases.PhaseRecord;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
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
  private final ProcessSpawner spawner;
  private final ServiceSignals signals;
  private final Vitals vitals;
  private final PhaseRecord phases;
  private @Nullable Watched watched;
  private Optional<ReadinessProber> prober = Optional.empty();
  private @Nullable Child askedForClasses;
  private String saidOfClasses = "";

  /** When the soak was over of a release that has not shown all that it must. */
  private @Nullable Long lackingSince;

  ReleaseWatch(
      RunOptions options,
      Releases releases,
      ProcessSpawner spawner,
      ServiceSignals signals,
      Vitals vitals,
      PhaseRecord phases) {
    this.options = options;
    this.releases = releases;
    this.spawner = spawner;
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
    lackingSince = null;
    watched = Watched.begun(probation, new Evidence(started.agentExpected()), failed);
    if (!started.agentExpected() && options.readiness().isEmpty()) {
      probation.ready(now);
    }
  }

  /** Begins to ask a service that has no agent whether it is ready, if somebody wants to know. */
  void ask(Child started) {
    if (!started.agentExpected() && (watched != null || options.health().isPresent())) {
      prober = spawner.prober(started);
    }
  }

  /**
   * The service's agent cannot tell anything. That is not the service's fault: it is asked from
   * here whether it is ready, as one without an agent is.
   */
  void agentFailed(Child current, String reason) {
    failed("its agent could not be set up: " + reason);
    askInstead(current);
  }

  private void askInstead(Child current) {
    if (prober.isPresent() || (watched == null && options.health().isEmpty())) {
      return;
    }
    prober = spawner.prober(current);
    if (options.readiness().isEmpty()) {
      ready();
    }
  }

  /** Asks a service whose agent has not said a word in the time to become ready. */
  void askIfSilent(Child current, long now) {
    if (current.agentExpected() && !current.hello() && vitals.readiness().isOverdue(now)) {
      askInstead(current);
    }
  }

  /** The service has an agent. */
  void hasAgent() {
    if (watched != null) {
      watched.evidence().hasAgent();
    }
  }

  /** The control endpoint listens. */
  void listens() {
    if (watched != null) {
      watched.evidence().listens();
    }
  }

  /** The control endpoint does not come up. */
  void doesNotListen(String reason) {
    failed("its control endpoint does not listen: " + reason);
  }

  private void failed(String reason) {
    if (watched != null) {
      watched.evidence().fails(reason);
    }
  }

  /** The agent tells where the service's classes come from. */
  void classes(Child current, ChannelMessage.Classes classes) {
    Watched judged = watched;
    if (judged != null && judged.isNewRelease()) {
      judged.evidence().classes(classes.stale());
    } else if (!classes.stale().isEmpty()) {
      Diagnostics.say(
          "the service does not run the code of "
              + current.release().commit()
              + "; deploys will be refused: "
              + classes.stale());
      return;
    }
    if (!classes.doubtful().isEmpty() && !classes.doubtful().equals(saidOfClasses)) {
      saidOfClasses = classes.doubtful();
      Diagnostics.say(classes.doubtful());
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

  /** The service's agent says that it is ready: what it needed for that is loaded. */
  void readyByAgent(Child current) {
    ready();
    if (current != askedForClasses) {
      askedForClasses = current;
      askForClasses(current);
    }
  }

  private void askForClasses(Child current) {
    if (watched != null) {
      watched.evidence().asked(System.nanoTime());
    }
    current.tell(new ChannelMessage.AskClasses());
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

  /** The agent that was heard is gone, and another process may be the service. */
  void agentGone(String reason) {
    cannotBeHeard(reason);
    askedForClasses = null;
    if (watched != null) {
      watched.evidence().forget();
    }
  }

  /** In how many nanoseconds a verdict can change; the largest number if nothing is judged. */
  long left(@Nullable Child current, long now) {
    Watched judged = judged(current);
    if (judged == null) {
      return Long.MAX_VALUE;
    }
    long look = judged.probation().nextLook();
    boolean soaked = lackingSince != null && lackingSince == look;
    return (soaked ? Evidence.deadline(judged.probation()) : look) - now;
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
    Optional<String> failure = judged.evidence().failure();
    if (judged.isNewRelease() && failure.isPresent()) {
      giveUp(current, judged, failure.get());
      return;
    }
    switch (judged.probation().verdict(now)) {
      case WAITING -> {}
      case SOAKING -> becameReady(current, judged);
      case PROVEN -> {
        becameReady(current, judged);
        soaked(current, judged, now);
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

  /** It stayed ready for long enough. What was loaded meanwhile counts, too. */
  private void soaked(Child current, Watched judged, long now) {
    if (!judged.isNewRelease()) {
      return;
    }
    long soaked = judged.probation().nextLook();
    Optional<String> lacking = judged.evidence().lacking(soaked);
    if (lacking.isEmpty()) {
      proven(current);
    } else if (now - Evidence.deadline(judged.probation()) >= 0) {
      giveUp(current, judged, lacking.get());
    } else {
      lackingSince = soaked;
      if (judged.evidence().wantsClasses(soaked)) {
        askForClasses(current);
      }
    }
  }

  private void proven(Child current) {
    releases.proven();
    vitals.reloadProven();
    Diagnostics.say("the release " + current.release().commit() + " is proven");
    taken();
    current.tell(new ChannelMessage.StateChanged());
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
    boolean silent = current.agentExpected() && !current.hello();
    giveUp(
        current,
        judged,
        judged.probation().tooLateBecause() + (silent ? "; its agent has not said a word" : ""));
  }

  private void giveUp(Child current, Watched judged, String reason) {
    watched = judged.givenUp(reason);
    signals.giveUp(current);
  }
}
