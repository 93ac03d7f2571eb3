package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadProgress;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Deploys on one instance, one at a time. A deploy goes on when its client goes, and stays under
 * way until the process has ended or it failed. Thread-safe; no call waits for a deploy.
 */
public final class Deployer {

  private final DeployPolicy policy;
  private final ReleaseHome home;
  private final Stager stager;
  private final Admission admission;
  private final ServiceFacts service;
  private final InstantSource clock;
  private final Executor worker;
  private final StageMemory stagings = new StageMemory();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

  /** Held while the releases in the home change. */
  private final Object releases = new Object();

  private final Object lock = new Object();
  private @Nullable ActiveDeploy active;
  private boolean stopping;
  private boolean cleanedUp;

  /**
   * @param strategies that were prepared, the default first
   * @param worker runs each deploy from its first byte to its last, and the cleaning of the home
   */
  public Deployer(
      DeployPolicy policy,
      ReleaseHome home,
      Stager stager,
      LauncherPort launcher,
      List<ReloadStrategy> strategies,
      ServiceFacts service,
      InstantSource clock,
      Executor worker) {
    this.policy = policy;
    this.home = home;
    this.stager = stager;
    this.service = service;
    this.clock = clock;
    this.worker = worker;
    this.admission = new Admission(policy, home, stager, launcher, strategies, service);
  }

  /**
   * Begins what is asked, or says why not. A refusal changes nothing; the id of a known deploy gets
   * its outcome again.
   *
   * @param listener is told everything that follows, here already the first event
   */
  public Decision submit(DeployCommand command, DeployListener listener) {
    ActiveDeploy begun;
    synchronized (lock) {
      try {
        Optional<DeployReport> known = known(command);
        if (known.isPresent()) {
          tellEnd(listener, known.get());
          return new Decision.Known(known.get().verdict());
        }
        begun = admitted(command, listener);
      } catch (RefusedException refused) {
        tellEnd(
            listener,
            DeployReport.refused(
                command.id(),
                commitOf(command),
                policy.running(),
                refused.refusal(),
                refused.reason()));
        return new Decision.Refused(refused.refusal());
      }
      active = begun;
    }
    begun.tell(new DeployEvent.Accepted(policy.running(), begun.plan().strategyName()));
    changed();
    try {
      worker.execute(() -> run(begun));
    } catch (Throwable failure) {
      endFailed(begun, failure);
    }
    return new Decision.Accepted();
  }

  /** How a deploy stands or ended. */
  public DeployReport outcome(DeployId id) throws IOException {
    // Read first: what is activated after that must not look as if nobody carried it out.
    HomeState memory = home.state();
    ActiveDeploy current = active();
    if (current != null && current.plan().id().equals(id)) {
      return current.report(Verdict.PENDING, "");
    }
    return recorded(id, withoutStranded(memory, current))
        .or(() -> stagings.get(id))
        .orElseGet(
            () ->
                DeployReport.brief(
                    id,
                    null,
                    null,
                    Verdict.UNKNOWN,
                    "this instance has no record of the deploy " + id,
                    Map.of()));
  }

  /** The instance now. */
  public InstanceView view() {
    ClassOrigin classes = service.classes();
    HomeState memory = HomeState.EMPTY;
    ActiveDeploy current = null;
    List<Commit> staged = List.of();
    String refusedBecause;
    try {
      memory = home.state();
      current = active();
      memory = withoutStranded(memory, current);
      staged = home.staged();
      refusedBecause = refusedBecause(memory, classes);
    } catch (IOException unreadable) {
      current = active();
      refusedBecause = Diagnostics.reason(unreadable);
    }
    return new InstanceView(
        phase(current, memory.pending()),
        policy.running(),
        memory,
        staged,
        current == null ? null : current.plan().id(),
        admission.strategyNames(),
        refusedBecause,
        classes,
        memory.outcomes().stream().map(DeployReport::of).toList());
  }

  /** Has something run after each change of {@link #view}, on whichever thread made it. */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** The service's readiness has changed. */
  public void readinessChanged() {
    changed();
  }

  /** The launcher was told to stop: nothing is deployed any more. */
  public void stopping() {
    synchronized (lock) {
      stopping = true;
    }
    changed();
  }

  /** The home's state was changed by the launcher. */
  public void stateChanged() {
    changed();
    worker.execute(this::cleanUpOnceProven);
  }

  /**
   * The process ends. A deploy that has activated nothing is recorded as failed, for the client
   * that will ask the next process.
   */
  public void processEnds() {
    ActiveDeploy current;
    synchronized (lock) {
      stopping = true;
      current = active;
      if (current == null
          || current.plan().strategy() == null
          || current.phase() != InstancePhase.STAGING) {
        return;
      }
      active = null;
    }
    try {
      home.change(
          state ->
              state.withOutcome(
                  current.failed("the process ended before the release was activated")));
    } catch (IOException failure) {
      Diagnostics.say(
          "the outcome of deploy "
              + current.plan().id()
              + " was not recorded: "
              + Diagnostics.reason(failure));
    }
  }

  private Optional<DeployReport> known(DeployCommand command) throws RefusedException {
    boolean stageOnly = command instanceof DeployCommand.Stage;
    if (active != null
        && active.plan().id().equals(command.id())
        && (active.plan().strategy() == null) == stageOnly) {
      requireSame(command, active.plan().commit(), active.plan().rollback());
      return Optional.of(active.report(Verdict.PENDING, ""));
    }
    return stageOnly ? Optional.empty() : recorded(command);
  }

  private Optional<DeployReport> recorded(DeployCommand command) throws RefusedException {
    HomeState memory = withoutStranded(memory(), active);
    PendingActivation pending = memory.pending();
    if (pending != null && pending.id().equals(command.id())) {
      requireSame(command, pending.to(), pending.rollback());
      return Optional.of(DeployReport.pending(pending));
    }
    Optional<DeployOutcome> outcome = memory.outcome(command.id());
    if (outcome.isPresent()) {
      requireSame(command, outcome.get().commit(), sequenceIs(outcome.get().sequence(), command));
    }
    return outcome.map(DeployReport::of);
  }

  /** An outcome does not tell whether it is a rollback's; the same request has its sequence. */
  private static boolean sequenceIs(long recorded, DeployCommand command) {
    return command instanceof DeployCommand.Rollback rollback && rollback.sequence() == recorded;
  }

  private static void requireSame(DeployCommand command, Commit recorded, boolean rollback)
      throws RefusedException {
    boolean same =
        command instanceof DeployCommand.Rollback ? rollback : recorded.equals(commitOf(command));
    if (!same) {
      throw new RefusedException(
          Refusal.ID_IN_USE,
          "the deploy id '"
              + command.id()
              + "' names a deploy of '"
              + recorded
              + "'; choose another");
    }
  }

  private static Optional<DeployReport> recorded(DeployId id, HomeState memory) {
    PendingActivation pending = memory.pending();
    if (pending != null && pending.id().equals(id)) {
      return Optional.of(DeployReport.pending(pending));
    }
    return memory.outcome(id).map(DeployReport::of);
  }

  private ActiveDeploy admitted(DeployCommand command, DeployListener listener)
      throws RefusedException {
    requireIdle();
    try {
      HomeState memory = memory();
      boolean stranded = stranded(memory.pending(), null);
      Plan plan = admission.admit(command, withoutStranded(memory, null));
      if (plan.strategy() != null) {
        if (stranded) {
          pointBack();
        }
        home.change(state -> withoutStranded(state, null).withSequence(plan.sequence()));
      }
      ActiveDeploy deploy = new ActiveDeploy(plan, policy.running(), listener, clock);
      deploy.reached(Phase.ACCEPTED);
      return deploy;
    } catch (IOException failure) {
      throw new RefusedException(Refusal.HOME_UNWRITABLE, Diagnostics.reason(failure));
    }
  }

  private void requireIdle() throws RefusedException {
    if (stopping) {
      throw new RefusedException(Refusal.STOPPING, "the instance was told to stop");
    }
    if (active != null) {
      throw new RefusedException(
          Refusal.BUSY,
          "the deploy "
              + active.plan().id()
              + " of "
              + active.plan().commit()
              + " is under way; wait for its outcome");
    }
  }

  private HomeState memory() throws RefusedException {
    try {
      return home.state();
    } catch (IOException unreadable) {
      throw new RefusedException(Refusal.HOME_UNWRITABLE, Diagnostics.reason(unreadable));
    }
  }

  private void run(ActiveDeploy deploy) {
    ReloadStrategy strategy = deploy.plan().strategy();
    try {
      synchronized (releases) {
        stage(deploy);
        if (strategy != null) {
          activate(deploy);
        }
      }
      if (strategy == null) {
        end(deploy, deploy.report(Verdict.STAGED, ""));
      } else {
        reload(deploy, strategy);
      }
    } catch (Throwable failure) {
      endFailed(deploy, failure);
    }
  }

  /** Whatever else fails then: a deploy that stayed under way would lock out all later ones. */
  private void endFailed(ActiveDeploy deploy, Throwable failure) {
    String reason = Diagnostics.reason(failure);
    DeployReport report;
    try {
      report = failed(deploy, reason);
    } catch (Throwable another) {
      report = deploy.report(Verdict.FAILED, reason + notRecorded(another));
    }
    end(deploy, report);
  }

  private void stage(ActiveDeploy deploy) throws IOException {
    Commit commit = deploy.plan().commit();
    if (deploy.plan().stages()) {
      boolean alreadyThere = home.has(commit);
      if (!alreadyThere) {
        stager.stage(commit, deploy::bytes);
      }
      deploy.reached(Phase.STAGED);
      deploy.tell(new DeployEvent.Staged(alreadyThere));
    } else {
      deploy.reached(Phase.STAGED);
    }
  }

  private void activate(ActiveDeploy deploy) throws IOException {
    synchronized (lock) {
      if (stopping) {
        throw new IOException("the instance was told to stop");
      }
      deploy.enter(InstancePhase.ACTIVATING);
    }
    changed();
    deploy.reached(Phase.ACTIVATED);
    home.activate(deploy.pending());
    deploy.setActivated();
    deploy.tell(new DeployEvent.Activated(policy.running()));
  }

  private void reload(ActiveDeploy deploy, ReloadStrategy strategy)
      throws IOException, ReloadDeclinedException {
    strategy.reload(
        new ReloadRequest(
            deploy.plan().id(),
            home.release(Objects.requireNonNull(policy.running())),
            home.release(deploy.plan().commit()),
            new ReloadProgress() {
              @Override
              public void draining(Duration limit) {
                drains(deploy, limit);
              }

              @Override
              public void reloading() {
                deploy.tell(new DeployEvent.Reloading(strategy.name()));
              }

              @Override
              public void note(String line) {
                Diagnostics.say("deploy " + deploy.plan().id() + ": " + line);
              }
            }));
  }

  private void drains(ActiveDeploy deploy, Duration limit) {
    deploy.enter(InstancePhase.DRAINING);
    long now = deploy.reached(Phase.DRAINING);
    try {
      home.change(state -> pendingIs(deploy, state) ? state.reached(Phase.DRAINING, now) : state);
    } catch (IOException failure) {
      // The launcher has acknowledged: a time that is missing in a record must not stop the reload.
      Diagnostics.say("the phase draining was not recorded: " + Diagnostics.reason(failure));
    }
    changed();
    deploy.tell(new DeployEvent.Draining(now + limit.toMillis()));
  }

  private DeployReport failed(ActiveDeploy deploy, String reason) {
    if (deploy.plan().strategy() == null) {
      return deploy.report(Verdict.FAILED, reason);
    }
    if (deploy.phase() != InstancePhase.STAGING) {
      try {
        pointBack();
      } catch (IOException | RuntimeException notBack) {
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
          .orElseGet(() -> deploy.report(Verdict.FAILED, reason));
    } catch (IOException | RuntimeException unrecorded) {
      return deploy.report(Verdict.FAILED, reason + notRecorded(unrecorded));
    }
  }

  private void pointBack() throws IOException {
    Commit running = policy.running();
    if (running != null) {
      home.pointCurrentTo(running);
    }
  }

  private static String notRecorded(Throwable failure) {
    return "; this could not be recorded: " + Diagnostics.reason(failure);
  }

  /**
   * Whether nobody carries an activation out any more: another release runs, and no deploy is under
   * way. Its end could not be recorded, and waiting for it would lock out every deploy.
   */
  private boolean stranded(@Nullable PendingActivation pending, @Nullable ActiveDeploy underWay) {
    Commit running = policy.running();
    return pending != null && underWay == null && running != null && !pending.to().equals(running);
  }

  private HomeState withoutStranded(HomeState memory, @Nullable ActiveDeploy underWay) {
    return stranded(memory.pending(), underWay)
        ? memory.withPendingGivenUp("the activation broke off")
        : memory;
  }

  /** An activation that was carried out was rolled back; one that broke off has failed. */
  private static HomeState withFailure(ActiveDeploy deploy, HomeState state, String reason) {
    HomeState withoutIt = pendingIs(deploy, state) ? state.withPendingGivenUp(reason) : state;
    return deploy.activated() ? withoutIt : withoutIt.withOutcome(deploy.failed(reason));
  }

  private static boolean pendingIs(ActiveDeploy deploy, HomeState state) {
    PendingActivation pending = state.pending();
    return pending != null && pending.id().equals(deploy.plan().id());
  }

  private void end(ActiveDeploy deploy, DeployReport report) {
    synchronized (lock) {
      if (active == deploy) {
        active = null;
      }
    }
    if (deploy.plan().strategy() == null) {
      stagings.put(report);
    }
    changed();
    deploy.tell(new DeployEvent.Ended(report));
  }

  private void cleanUpOnceProven() {
    synchronized (releases) {
      if (cleanedUp) {
        return;
      }
      try {
        HomeState memory = home.state();
        Commit running = policy.running();
        if (running != null
            && memory.pending() == null
            && memory.lastProven().equals(Optional.of(running))) {
          cleanedUp = true;
          home.cleanUp(policy.keep(), needed(memory, running));
          changed();
        }
      } catch (IOException failure) {
        Diagnostics.say("old releases were not removed: " + Diagnostics.reason(failure));
      }
    }
  }

  private Set<Commit> needed(HomeState memory, Commit running) throws IOException {
    Set<Commit> needed = new HashSet<>();
    needed.add(running);
    memory.lastProven().ifPresent(needed::add);
    admission.rollbackTarget(memory).ifPresent(needed::add);
    if (memory.image() != null) {
      needed.add(memory.image());
    }
    ActiveDeploy current = active();
    if (current != null) {
      needed.add(current.plan().commit());
    }
    return needed;
  }

  private String refusedBecause(HomeState memory, ClassOrigin classes) {
    synchronized (lock) {
      try {
        requireIdle();
      } catch (RefusedException refused) {
        return refused.reason();
      }
    }
    return admission.generalRefusal(memory, classes).orElse("");
  }

  private InstancePhase phase(@Nullable ActiveDeploy current, @Nullable PendingActivation pending) {
    synchronized (lock) {
      if (stopping) {
        return InstancePhase.STOPPING;
      }
    }
    if (current != null) {
      return current.phase();
    }
    if (pending != null && pending.to().equals(policy.running())) {
      return InstancePhase.PROBATION;
    }
    return service.ready() ? InstancePhase.READY : InstancePhase.STARTING;
  }

  private @Nullable ActiveDeploy active() {
    synchronized (lock) {
      return active;
    }
  }

  private static @Nullable Commit commitOf(DeployCommand command) {
    if (command instanceof DeployCommand.Deploy deploy) {
      return deploy.commit();
    } else if (command instanceof DeployCommand.Activate activate) {
      return activate.commit();
    } else if (command instanceof DeployCommand.Stage stage) {
      return stage.commit();
    }
    return null;
  }

  private void tellEnd(DeployListener listener, DeployReport report) {
    ActiveDeploy.tell(
        listener,
        new DeployNotice(
            report.id(), report.commit(), clock.millis(), new DeployEvent.Ended(report)));
  }

  private void changed() {
    for (Runnable watcher : watchers) {
      try {
        watcher.run();
      } catch (Throwable failure) {
        // A status that is not sent must not end a deploy.
        Diagnostics.say("the status was not sent: " + Diagnostics.reason(failure));
      }
    }
  }
}
