package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.ChannelMessage;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Probation;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.listeners.ConnectionHold;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches the release that a process of the service was started from, until it is accepted for good
 * or given up, and hears from the process whether it is ready.
 */
@SupervisorThread
final class ReleaseWatch {

  private final RunOptions options;
  private final ProcessSpawner spawner;
  private final Releases releases;
  private final ReloadRecord reloads;
  private final ConnectionHold hold;
  private final LastSaid doubts;
  private final Child child;
  private final ServiceReadiness readiness;
  private final ServiceSignals signals;
  private @Nullable Watched watched;
  private Optional<ReadinessProber> prober = Optional.empty();
  private boolean askedForClasses;

  /** The end of the soak of a release that has not shown everything that it must; else null. */
  private @Nullable Long lackingSince;

  ReleaseWatch(
      LauncherParts launcher, Child child, ServiceReadiness readiness, ServiceSignals signals) {
    this.options = launcher.options();
    this.spawner = launcher.spawner();
    this.releases = launcher.releases();
    this.reloads = launcher.reloads();
    this.hold = launcher.hold();
    this.doubts = launcher.doubts();
    this.child = child;
    this.readiness = readiness;
    this.signals = signals;
  }

  /**
   * Starts to watch the release that the service was started from.
   *
   * @param failed the commit that it is to replace, if there is one
   * @param now the time of the start
   */
  void watch(Optional<Commit> failed, long now) {
    Probation probation =
        new Probation(
            now,
            options.probation().readyTimeout(),
            options.probation().readyAfter().orElse(Duration.ZERO),
            options.probation().soak());
    lackingSince = null;
    watched = Watched.begun(probation, new Evidence(child.agentExpected()), failed);
    if (!child.agentExpected() && options.probation().readiness().isEmpty()) {
      probation.ready(now);
    }
  }

  /** Starts to ask a service without an agent whether it is ready, if that matters to somebody. */
  void ask() {
    if (!child.agentExpected() && (watched != null || options.platform().health().isPresent())) {
      prober = spawner.prober(child);
    }
  }

  /** Records that the service's JVM did not take an archive of classes that it must have. */
  void isWithoutArchive(String reason) {
    failed(reason + ", which --archive require demands");
  }

  /**
   * Records that the service's agent cannot say anything. That is not the service's fault: from
   * here it is asked whether it is ready, like a service without an agent.
   */
  void agentFailed(String reason) {
    failed("its agent could not be set up: " + reason);
    askInstead();
  }

  private void askInstead() {
    if (prober.isPresent() || (watched == null && options.platform().health().isEmpty())) {
      return;
    }
    prober = spawner.prober(child);
    if (options.probation().readiness().isEmpty()) {
      ready();
    }
  }

  /** Asks a service whose agent has not said a word in the time to become ready. */
  void askIfSilent(long now) {
    if (child.agentExpected() && !child.hello() && readiness.isOverdue(now)) {
      askInstead();
    }
  }

  /** Records that the service has an agent. */
  void hasAgent() {
    if (watched != null) {
      watched.evidence().hasAgent();
    }
  }

  /** Records that the control endpoint listens. */
  void listens() {
    if (watched != null) {
      watched.evidence().listens();
    }
  }

  /** Records that the control endpoint does not come up. */
  void doesNotListen(String reason) {
    failed("its control endpoint does not listen: " + reason);
  }

  private void failed(String reason) {
    if (watched != null) {
      watched.evidence().fails(reason);
    }
  }

  /** Takes the agent's answer about where the service's classes come from. */
  void classes(ChannelMessage.Classes classes) {
    Watched judged = watched;
    if (judged != null && judged.isNewRelease()) {
      judged.evidence().classes(classes.stale());
    } else if (!classes.stale().isEmpty()) {
      Diagnostics.say(
          "the service does not run the code of "
              + child.release().commit()
              + "; deploys will be refused: "
              + classes.stale());
      return;
    }
    doubts.say(classes.doubtful());
  }

  /** Stops asking. */
  void stopAsking() {
    prober.ifPresent(ReadinessProber::stop);
    prober = Optional.empty();
  }

  /** Returns the release under watch; null if it was proven or never had to prove itself. */
  @Nullable Watched watched() {
    return watched;
  }

  /** Records that the service's agent says it is ready: what it needed for that is loaded. */
  void readyByAgent() {
    ready();
    if (!askedForClasses) {
      askedForClasses = true;
      askForClasses();
    }
  }

  private void askForClasses() {
    if (watched != null) {
      watched.evidence().asked(System.nanoTime());
    }
    child.tell(new ChannelMessage.AskClasses());
  }

  /** Records that the service says it is ready. */
  void ready() {
    readiness.ready();
    if (watched != null) {
      watched.probation().ready(System.nanoTime());
    }
  }

  /** Records that the service says it is not ready. */
  void unready(String reason) {
    readiness.unready(reason);
    cannotBeHeard(reason);
  }

  /** Records that nothing is heard from the process at the moment. */
  void cannotBeHeard(String reason) {
    if (watched != null) {
      watched.probation().unready(reason);
    }
  }

  /** Records that the agent that was heard is gone, and another process may be the service. */
  void agentGone(String reason) {
    cannotBeHeard(reason);
    askedForClasses = false;
    if (watched != null) {
      watched.evidence().forget();
    }
  }

  /**
   * Returns the nanoseconds until a verdict can change; the largest number if nothing is judged.
   */
  long left(long now) {
    Watched judged = judged();
    if (judged == null) {
      return Long.MAX_VALUE;
    }
    long look = judged.probation().nextLook();
    boolean soaked = lackingSince != null && lackingSince == look;
    return (soaked ? Evidence.deadline(judged.probation()) : look) - now;
  }

  /** Returns the release to judge now; null if there is none. */
  private @Nullable Watched judged() {
    return child.state() == ChildState.RUNNING && !child.onProbationInPlace() ? watched : null;
  }

  /** Acts on the verdict, if there is one now. */
  void judge(long now) {
    Watched judged = judged();
    if (judged == null) {
      return;
    }
    Optional<String> failure = judged.evidence().failure();
    if (judged.isNewRelease() && failure.isPresent()) {
      giveUp(judged, failure.get());
      return;
    }
    switch (judged.probation().verdict(now)) {
      case WAITING -> {}
      case SOAKING -> becameReady(judged);
      case PROVEN -> {
        becameReady(judged);
        soaked(judged, now);
      }
      case TOO_LATE -> tooLate(judged);
    }
  }

  private void becameReady(Watched judged) {
    if (judged.readyTold()) {
      return;
    }
    watched = judged.withReadyTold();
    if (judged.isNewRelease()) {
      reloads.ready();
    } else {
      reloads.restored(judged.failed());
      taken();
    }
    child.tell(new ChannelMessage.StateChanged());
  }

  /** Records that it stayed ready for long enough. What was loaded meanwhile counts, too. */
  private void soaked(Watched judged, long now) {
    if (!judged.isNewRelease()) {
      return;
    }
    long soaked = judged.probation().nextLook();
    Optional<String> lacking = judged.evidence().lacking(soaked);
    if (lacking.isEmpty()) {
      proven();
    } else if (now - Evidence.deadline(judged.probation()) >= 0) {
      giveUp(judged, lacking.get());
    } else {
      lackingSince = soaked;
      if (judged.evidence().wantsClasses(soaked)) {
        askForClasses();
      }
    }
  }

  private void proven() {
    reloads.proven();
    Diagnostics.say("the release " + child.release().commit() + " is proven");
    taken();
    child.tell(new ChannelMessage.StateChanged());
  }

  /** Stops watching the release: from now on its end is for the platform to handle. */
  void taken() {
    hold.proven();
    if (options.platform().health().isPresent()) {
      prober.ifPresent(ReadinessProber::calmDown);
    } else {
      stopAsking();
    }
    watched = null;
  }

  private void tooLate(Watched judged) {
    if (!judged.isNewRelease() && releases.isImage(child.release())) {
      Diagnostics.say("the image's release is not ready either; it is left to the platform");
      taken();
      return;
    }
    boolean silent = child.agentExpected() && !child.hello();
    giveUp(
        judged,
        judged.probation().tooLateBecause() + (silent ? "; its agent has reported nothing" : ""));
  }

  private void giveUp(Watched judged, String reason) {
    watched = judged.givenUp(reason);
    signals.giveUp();
  }
}
