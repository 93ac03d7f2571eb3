package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds deploys by their ids: the one under way, those that the home remembers and the last
 * stagings. Gives up an activation that nobody carries out any more. Thread-safe, and holds no lock
 * while it reads or writes.
 */
final class DeployRecords {

  private final ReleaseHome home;
  private final RunningRelease running;
  private final DeploySlot slot;
  private final StageMemory stagings = new StageMemory();

  DeployRecords(ReleaseHome home, RunningRelease running, DeploySlot slot) {
    this.home = home;
    this.running = running;
    this.slot = slot;
  }

  /**
   * The home's memory at one moment.
   *
   * @param memory the memory without a stranded activation
   * @param underWay the deploy that was under way at that moment; null if there was none
   * @param stranded true if the home remembers an activation that nobody carries out
   */
  record Known(HomeState memory, @Nullable ActiveDeploy underWay, boolean stranded) {}

  /** Reads what the home remembers. */
  Known read() throws IOException {
    while (true) {
      ActiveDeploy before = slot.active();
      HomeState memory = home.state();
      boolean stranded = before == null && isStranded(memory.pending());
      // If a deploy began or ended meanwhile, the memory may not match what is under way.
      if (slot.active() == before) {
        return new Known(stranded ? withoutStranded(memory) : memory, before, stranded);
      }
    }
  }

  /**
   * Reads what the home remembers, for a request.
   *
   * @throws RefusedException if it cannot be read
   */
  Known readForRequest() throws RefusedException {
    try {
      return read();
    } catch (IOException unreadable) {
      throw new RefusedException(Refusal.HOME_UNWRITABLE, Diagnostics.reason(unreadable));
    }
  }

  /** Reports the state of a deploy, or how it ended. */
  DeployReport outcome(DeployId id) throws IOException {
    Known known = read();
    ActiveDeploy underWay = known.underWay();
    if (underWay != null && underWay.plan().id().equals(id)) {
      return underWay.report(ReportedResult.PENDING, "");
    }
    return recorded(id, known.memory())
        .or(() -> stagings.get(id))
        .orElseGet(
            () ->
                DeployReport.brief(
                    id,
                    null,
                    null,
                    ReportedResult.UNKNOWN,
                    "this instance has no record of the deploy " + id,
                    Map.of()));
  }

  /**
   * Reports on the deploy that a request asks for, if it was asked for before.
   *
   * @throws RefusedException if its id names another deploy, or the home cannot be read
   */
  Optional<DeployReport> known(InstanceRequest request) throws RefusedException {
    boolean stageOnly = request instanceof InstanceRequest.Stage;
    ActiveDeploy underWay = slot.active();
    if (underWay != null
        && underWay.plan().id().equals(request.id())
        && underWay.plan().stagesOnly() == stageOnly) {
      requireSame(request, underWay.plan().commit(), underWay.plan().rollback());
      return Optional.of(underWay.report(ReportedResult.PENDING, ""));
    }
    return stageOnly ? Optional.empty() : recorded(request);
  }

  private Optional<DeployReport> recorded(InstanceRequest request) throws RefusedException {
    HomeState memory = readForRequest().memory();
    PendingActivation pending = memory.pending();
    if (pending != null && pending.id().equals(request.id())) {
      requireSame(request, pending.to(), pending.rollback());
    } else {
      Optional<DeployOutcome> outcome = memory.outcome(request.id());
      if (outcome.isPresent()) {
        requireSame(request, outcome.get().commit(), sequenceIs(outcome.get().sequence(), request));
      }
    }
    return recorded(request.id(), memory);
  }

  /**
   * Recognises a rollback by its sequence number, since an outcome does not say whether it is a
   * rollback's.
   */
  private static boolean sequenceIs(long recorded, InstanceRequest request) {
    return request instanceof InstanceRequest.Rollback rollback && rollback.sequence() == recorded;
  }

  private static void requireSame(InstanceRequest request, Commit recorded, boolean rollback)
      throws RefusedException {
    if (!request.asksFor(recorded, rollback)) {
      throw new RefusedException(
          Refusal.ID_IN_USE,
          "the deploy id '"
              + request.id()
              + "' names a deploy of '"
              + recorded
              + "'; choose another");
    }
  }

  private static Optional<DeployReport> recorded(DeployId id, HomeState memory) {
    PendingActivation pending = memory.pending();
    if (pending != null && pending.id().equals(id)) {
      return Optional.of(DeployReport.pending(pending).withDigest(memory));
    }
    return memory.outcome(id).map(known -> DeployReport.of(known).withDigest(memory));
  }

  /**
   * Records that a deploy begins. Until it activates its release or ends, its record is the one
   * that must remain if the process ends.
   *
   * @param known the memory that was read when it was admitted
   */
  void begins(ActiveDeploy deploy, InstanceRequest request, Known known) throws IOException {
    if (known.stranded()) {
      pointBack();
    }
    home.change(
        state ->
            FleetGate.taken(
                request,
                withoutStranded(state)
                    .withOutcome(deploy.failed(DeployOutcome.ENDED_BEFORE_ACTIVATION))));
  }

  /** Records that a deploy that has activated nothing ends with the process. */
  void endsWithTheProcess(ActiveDeploy deploy) {
    try {
      home.change(state -> state.withOutcome(deploy.failed(DeployOutcome.ENDED_BEFORE_ACTIVATION)));
    } catch (IOException failure) {
      Diagnostics.say(
          "the outcome of deploy "
              + deploy.plan().id()
              + " was not recorded: "
              + Diagnostics.reason(failure));
    }
  }

  /** Records that the service ends its work for an activation. */
  void drains(ActiveDeploy deploy, long timeMillis) {
    try {
      home.change(
          state -> deploy.isPendingIn(state) ? state.reached(Phase.DRAINING, timeMillis) : state);
    } catch (IOException failure) {
      // The launcher has acknowledged: a time missing from a record must not stop the reload.
      Diagnostics.say("the phase draining was not recorded: " + Diagnostics.reason(failure));
    }
  }

  /** Keeps the report of a staging that has ended, at most as long as the process lives. */
  void staged(DeployReport report) {
    stagings.put(report);
  }

  /** Reports on an in-place deploy that is over and recorded. */
  DeployReport ended(ActiveDeploy deploy) throws IOException {
    return recorded(deploy.plan().id(), home.state())
        .orElseGet(() -> deploy.report(ReportedResult.FAILED, "its outcome was not recorded"));
  }

  /**
   * Records that a deploy failed, and makes the running release current again.
   *
   * @return the report of its end, which says what could not be recorded
   */
  DeployReport failed(ActiveDeploy deploy, String reason) {
    if (deploy.plan().stagesOnly()) {
      return deploy.report(ReportedResult.FAILED, reason);
    }
    if (!deploy.hasChangedNothing()) {
      try {
        pointBack();
      } catch (Throwable notBack) {
        Diagnostics.say(
            "deploy "
                + deploy.plan().id()
                + ": the running release was not made current again: "
                + Diagnostics.reason(notBack));
      }
    }
    try {
      HomeState memory = home.change(state -> withFailure(deploy, state, reason));
      return recorded(deploy.plan().id(), memory)
          .orElseGet(() -> deploy.report(ReportedResult.FAILED, reason));
    } catch (Throwable unrecorded) {
      return notRecorded(deploy, reason, unrecorded);
    }
  }

  /** Reports a failure that could not be recorded. */
  static DeployReport notRecorded(ActiveDeploy deploy, String reason, Throwable failure) {
    return deploy.report(
        ReportedResult.FAILED,
        reason + "; this could not be recorded: " + Diagnostics.reason(failure));
  }

  /**
   * Returns the state after a failure: an activation that was carried out is rolled back, one that
   * broke off has failed.
   */
  private static HomeState withFailure(ActiveDeploy deploy, HomeState state, String reason) {
    boolean pending = deploy.isPendingIn(state);
    HomeState withoutIt = pending ? state.withPendingGivenUp(reason) : state;
    if (deploy.activated()) {
      return withoutIt;
    }
    HomeState failed = withoutIt.withOutcome(deploy.failed(reason));
    // The activation had no effect, so its sequence number must not stand in the way of another.
    return pending ? failed.withSequence(deploy.sequenceBefore()) : failed;
  }

  private void pointBack() throws IOException {
    Commit now = running.commit();
    if (now != null) {
      home.pointCurrentTo(now);
    }
  }

  /**
   * Returns true if nobody carries out an activation any more, provided that no deploy is under
   * way: another release runs. Its end could not be recorded, and waiting for it would lock out
   * every deploy.
   */
  private boolean isStranded(@Nullable PendingActivation pending) {
    Commit now = running.commit();
    return pending != null && now != null && !pending.to().equals(now);
  }

  private HomeState withoutStranded(HomeState memory) {
    return isStranded(memory.pending())
        ? memory.withPendingGivenUp("the activation broke off")
        : memory;
  }
}
