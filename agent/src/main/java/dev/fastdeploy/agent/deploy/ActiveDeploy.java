package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.Course;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deploy that is under way: its plan, its progress and its listener. Thread-safe. */
final class ActiveDeploy implements Stager.Progress {

  /** Five events a second are enough for a person to watch. */
  private static final Duration STAGING_PAUSE = Duration.ofMillis(200);

  private final Plan plan;
  private final @Nullable Commit from;
  private final long sequenceBefore;
  private final DeployListener listener;
  private final InstantSource clock;

  private final Map<Phase, Long> phases = new EnumMap<>(Phase.class);
  private InstanceState state = InstanceState.STAGING;
  private String strategy;
  private boolean processEnds;
  private String sha256 = "";
  private long epoch;
  private @Nullable String cancelled;
  private boolean pastCancelling;
  private boolean activated;
  private final StagingPace pace = new StagingPace(System::nanoTime, STAGING_PAUSE);

  /**
   * @param sequenceBefore the last sequence number that the home remembers
   */
  ActiveDeploy(
      Plan plan,
      @Nullable Commit from,
      long sequenceBefore,
      DeployListener listener,
      InstantSource clock) {
    this.plan = plan;
    this.sequenceBefore = sequenceBefore;
    this.strategy = plan.strategyName();
    this.from = from;
    this.listener = listener;
    this.clock = clock;
  }

  Plan plan() {
    return plan;
  }

  /** Returns true if a request asks for this deploy, and not for another with its id. */
  boolean isAskedForBy(InstanceRequest request) {
    return plan.id().equals(request.id())
        && plan.stagesOnly() == (request instanceof InstanceRequest.Stage)
        && request.asksFor(plan.commit(), plan.rollback());
  }

  synchronized InstanceState state() {
    return state;
  }

  synchronized void enter(InstanceState next) {
    state = next;
  }

  /** Returns true if the home is as it was before, apart from the release that it fetched. */
  synchronized boolean hasChangedNothing() {
    return state == InstanceState.STAGING || state == InstanceState.PRE_DRAINING;
  }

  /**
   * Asks the deploy to end before it activates anything.
   *
   * @return true if it will
   */
  synchronized boolean cancel(String because) {
    if (pastCancelling) {
      return false;
    }
    if (cancelled == null) {
      cancelled = because;
    }
    return true;
  }

  /** Returns why it was asked to end; null if it was not. */
  synchronized @Nullable String cancelledBecause() {
    return cancelled;
  }

  /**
   * Makes sure that it was not cancelled.
   *
   * @throws IOException if it was, with the reason
   */
  @Override
  public synchronized void requireGoOn() throws IOException {
    if (cancelled != null) {
      throw new IOException(cancelled);
    }
  }

  /**
   * Makes sure that it was not cancelled, and that it cannot be from now on.
   *
   * @throws IOException if it was, with the reason
   */
  synchronized void passCancelling() throws IOException {
    requireGoOn();
    pastCancelling = true;
  }

  /**
   * Sets the epoch that it belongs to from now on, as given by its owner or by the one that took it
   * over.
   */
  synchronized void goesOnIn(long newest) {
    epoch = newest;
  }

  /** Returns the epoch that it belongs to; 0 if it has none. */
  synchronized long epoch() {
    return epoch;
  }

  /** Returns the last sequence number before this deploy. */
  long sequenceBefore() {
    return sequenceBefore;
  }

  /** Notes the digest of the archive in which the release came. */
  synchronized void cameIn(String digest) {
    sha256 = digest;
  }

  /** Returns true if the release was made current, which must be undone if the reload fails. */
  synchronized boolean activated() {
    return activated;
  }

  synchronized void setActivated() {
    activated = true;
  }

  synchronized long reached(Phase point) {
    long now = clock.millis();
    phases.put(point, now);
    return now;
  }

  /** Returns true if the activation that is not proven yet is this deploy's. */
  boolean isPendingIn(HomeState state) {
    PendingActivation waiting = state.pending();
    return waiting != null && waiting.id().equals(plan.id());
  }

  /** Notes the strategy, which is certain from now on. */
  synchronized void carriedOutBy(ReloadStrategy chosen) {
    strategy = chosen.name();
    processEnds = chosen.course() == Course.PROCESS_ENDS;
  }

  /** Returns the name of the strategy that carries it out, as far as it is known. */
  synchronized String strategy() {
    return strategy;
  }

  /** Returns true if the strategy is certain and ends the process. */
  synchronized boolean processEnds() {
    return processEnds;
  }

  synchronized PendingActivation pending() {
    return new PendingActivation(
        plan.id(), plan.sequence(), from, plan.commit(), strategy, plan.rollback(), phases);
  }

  synchronized DeployOutcome failed(String reason) {
    return new DeployOutcome(
        plan.id(),
        plan.sequence(),
        plan.commit(),
        from,
        DeployResult.FAILED,
        reason,
        null,
        List.of(),
        phases);
  }

  synchronized DeployReport report(ReportedResult result, String reason) {
    return DeployReport.brief(plan.id(), plan.commit(), from, result, reason, phases)
        .withDigest(sha256);
  }

  /** Tells the listener how many bytes have come, now and then and at the end. */
  @Override
  public void bytes(long done, long total) {
    if (pace.isWorthTelling(done, total)) {
      tell(new DeployEvent.Staging(done, total));
    }
  }

  void tell(DeployEvent event) {
    tell(listener, new DeployNotice(plan.id(), plan.commit(), clock.millis(), event));
  }

  /** Tells a listener. A client that has gone does not end a deploy. */
  static void tell(DeployListener listener, DeployNotice notice) {
    try {
      listener.on(notice);
    } catch (Throwable failure) {
      Diagnostics.say("deploy " + notice.id() + ": its client: " + Diagnostics.reason(failure));
    }
  }
}
