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

/** A deploy that is under way: its plan, how far it got and who is told. Thread-safe. */
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
   * @param sequenceBefore what the home remembers as the last sequence number
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

  /** Returns whether a request asks for this deploy, and not for another of its id. */
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

  /** Whether it has left the home as it was, but for the release that it fetched. */
  synchronized boolean hasChangedNothing() {
    return state == InstanceState.STAGING || state == InstanceState.PRE_DRAINING;
  }

  /**
   * Asks the deploy to end before it activates anything.
   *
   * @return whether it will
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

  /** Why it was asked to end; nothing if it was not. */
  synchronized @Nullable String cancelledBecause() {
    return cancelled;
  }

  /**
   * Makes sure that nobody has cancelled it.
   *
   * @throws IOException if somebody has, with the reason
   */
  @Override
  public synchronized void requireGoOn() throws IOException {
    if (cancelled != null) {
      throw new IOException(cancelled);
    }
  }

  /**
   * From now on it cannot be asked to end any more.
   *
   * @throws IOException if it was, with the reason
   */
  synchronized void passCancelling() throws IOException {
    requireGoOn();
    pastCancelling = true;
  }

  /** It belongs to this epoch from now on: its owner, or who took it over, said so. */
  synchronized void goesOnIn(long newest) {
    epoch = newest;
  }

  /** The epoch that it belongs to; 0 if it has none. */
  synchronized long epoch() {
    return epoch;
  }

  /** The last sequence number before this deploy. */
  long sequenceBefore() {
    return sequenceBefore;
  }

  /** The release came in the archive with this digest. */
  synchronized void cameIn(String digest) {
    sha256 = digest;
  }

  /** Whether the release was made current, so that it must be taken back if the reload fails. */
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

  /** Whether this deploy's activation is what waits for its proof. */
  boolean isPendingIn(HomeState state) {
    PendingActivation waiting = state.pending();
    return waiting != null && waiting.id().equals(plan.id());
  }

  /** The strategy is certain from now on. */
  synchronized void carriedOutBy(ReloadStrategy chosen) {
    strategy = chosen.name();
    processEnds = chosen.course() == Course.PROCESS_ENDS;
  }

  /** What carries it out, as far as that is known. */
  synchronized String strategy() {
    return strategy;
  }

  /** Whether what carries it out ends the process, once that is certain. */
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

  /** Bytes came: told now and then, and at the end. */
  @Override
  public void bytes(long done, long total) {
    if (pace.isWorthTelling(done, total)) {
      tell(new DeployEvent.Staging(done, total));
    }
  }

  void tell(DeployEvent event) {
    tell(listener, new DeployNotice(plan.id(), plan.commit(), clock.millis(), event));
  }

  /** A client that has gone does not end a deploy. */
  static void tell(DeployListener listener, DeployNotice notice) {
    try {
      listener.on(notice);
    } catch (Throwable failure) {
      Diagnostics.say("deploy " + notice.id() + ": its client: " + Diagnostics.reason(failure));
    }
  }
}
