package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadProgress;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Deploys on one instance, one at a time. A deploy goes on when its client goes, and stays under
 * way until the process has ended or it failed. Thread-safe; no call waits for a deploy.
 */
public final class Deployer {

  private final DeployPolicy policy;
  private final RunningRelease running;
  private final ReleaseHome home;
  private final Stager stager;
  private final Strategies strategies;
  private final FleetGate gate;
  private final Admission admission;
  private final PreDrain preDrain;
  private final InPlaceDeploy inPlace;
  private final ReleaseCleaner cleaner;
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

  /**
   * @param prepared the strategies that were prepared, the default first
   * @param notPrepared why others that were configured could not be, by name
   * @param exit ends the process where a reload in place leaves nothing that serves
   * @param worker runs each deploy from its first byte to its last, and the cleaning of the home
   */
  public Deployer(
      DeployPolicy policy,
      RunningRelease running,
      ReleaseHome home,
      Stager stager,
      LauncherPort launcher,
      List<ReloadStrategy> prepared,
      Map<String, String> notPrepared,
      ServiceExit exit,
      ServiceFacts service,
      InstantSource clock,
      Waiting waiting,
      Executor worker) {
    this.policy = policy;
    this.running = running;
    this.home = home;
    this.stager = stager;
    this.strategies = new Strategies(prepared, notPrepared);
    this.service = service;
    this.clock = clock;
    this.worker = worker;
    this.gate = new FleetGate(policy, home);
    this.admission = new Admission(policy, running, home, stager, launcher, strategies, service);
    this.preDrain = new PreDrain(policy.preDrain(), service, waiting, this::isStopping);
    this.inPlace =
        new InPlaceDeploy(
            home,
            running,
            service,
            launcher,
            strategies,
            policy.probation(),
            waiting,
            exit,
            this::isStopping,
            this::changed);
    this.cleaner = new ReleaseCleaner(home, running, admission, policy.keep());
  }

  /**
   * Begins what is asked, or says why not. A refusal changes nothing but the newest epoch that was
   * seen; the id of a known deploy gets its outcome again.
   *
   * @param listener is told everything that follows, here already the first event
   */
  public Decision submit(DeployCommand command, DeployListener listener) {
    ActiveDeploy begun = null;
    DeployReport report = null;
    Decision decision = new Decision.Accepted();
    boolean newEpoch = false;
    synchronized (lock) {
      try {
        newEpoch = gate.pass(command);
        report = known(command).orElse(null);
        if (newEpoch
            && report != null
            && active != null
            && active.plan().id().equals(report.id())) {
          active.goesOnIn(command.fleet().epoch());
        }
        if (report == null) {
          begun = admitted(command, listener);
          active = begun;
        } else {
          decision = new Decision.Known(report.verdict());
        }
      } catch (RefusedException refused) {
        report = refused(command, refused);
        decision = new Decision.Refused(refused.refusal());
      }
    }
    if (report != null) {
      tellEnd(listener, report);
    }
    if (newEpoch && begun == null) {
      changed();
    }
    if (begun != null) {
      begin(begun);
    }
    return decision;
  }

  private DeployReport refused(DeployCommand command, RefusedException refused) {
    return DeployReport.refused(
        command.id(), commitOf(command), running.commit(), refused.refusal(), refused.reason());
  }

  private void begin(ActiveDeploy deploy) {
    deploy.tell(new DeployEvent.Accepted(running.commit(), deploy.plan().strategyName()));
    changed();
    try {
      worker.execute(() -> run(deploy));
    } catch (Throwable failure) {
      endFailed(deploy, failure);
    }
  }

  /** How a deploy stands or ended. */
  public DeployReport outcome(DeployId id) throws IOException {
    // Looked at before: while it is under way the home has only what would become of it.
    ActiveDeploy before = active();
    // Read before the second look: what is activated after that must not look as if nobody carried
    // it out.
    HomeState memory = home.state();
    ActiveDeploy current = active();
    for (ActiveDeploy looked : new ActiveDeploy[] {before, current}) {
      if (looked != null && looked.plan().id().equals(id)) {
        return looked.report(Verdict.PENDING, "");
      }
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

  /**
   * Ends what is under way, if it has activated nothing yet.
   *
   * @param id which; if null, whichever is
   * @param who for the outcome and the log
   */
  public Cancelling cancel(@Nullable DeployId id, String who) throws IOException {
    ActiveDeploy current = active();
    if (current == null || (id != null && !current.plan().id().equals(id))) {
      return notUnderWay(id, current);
    }
    Plan plan = current.plan();
    if (!current.cancel("cancelled by " + who)) {
      return tooLate(plan.id(), plan.commit());
    }
    return new Cancelling(
        Cancelling.Result.ENDING,
        plan.id(),
        plan.commit(),
        "the deploy " + plan.id() + " of " + plan.commit() + " ends; nothing is activated");
  }

  private Cancelling notUnderWay(@Nullable DeployId id, @Nullable ActiveDeploy other)
      throws IOException {
    PendingActivation pending = withoutStranded(home.state(), other).pending();
    if (pending != null && (id == null || pending.id().equals(id))) {
      return tooLate(pending.id(), pending.to());
    }
    String reason = "no deploy is under way";
    if (id != null) {
      DeployReport report = outcome(id);
      reason =
          report.verdict() == Verdict.UNKNOWN
              ? report.reason()
              : "the deploy " + id + " has ended: " + report.verdict();
      if (other != null) {
        reason += "; under way is " + other.plan().id() + " of " + other.plan().commit();
      }
    }
    return new Cancelling(
        Cancelling.Result.NOT_UNDER_WAY,
        other == null ? null : other.plan().id(),
        other == null ? null : other.plan().commit(),
        reason);
  }

  private static Cancelling tooLate(DeployId id, Commit commit) {
    return new Cancelling(
        Cancelling.Result.TOO_LATE,
        id,
        commit,
        "the deploy "
            + id
            + " has activated "
            + commit
            + " already; wait for its outcome, and roll back if it is proven");
  }

  /** The instance now. */
  public InstanceView view() {
    ClassOrigin classes = service.classes();
    long now = clock.millis();
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
    DeployId underWay = current == null ? null : current.plan().id();
    HomeState remembered = memory;
    EnvironmentName environment = policy.environment();
    return new InstanceView(
        phase(current, memory.pending()),
        policy.app(),
        environment == null ? "" : environment.name(),
        gate.seen(memory),
        !isStopping() && service.inService(),
        now,
        running.commit(),
        memory,
        staged,
        underWay,
        strategies.names(),
        strategies.notPrepared(),
        refusedBecause,
        classes,
        strategies.oldLoaders(),
        memory.outcomes().stream()
            .filter(outcome -> !outcome.id().equals(underWay))
            .map(outcome -> DeployReport.of(outcome).withDigest(remembered))
            .toList());
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
    strategies.processEnds();
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
      if (current == null || current.plan().stagesOnly() || !current.hasChangedNothing()) {
        return;
      }
      active = null;
    }
    try {
      home.change(
          state -> state.withOutcome(current.failed(DeployOutcome.ENDED_BEFORE_ACTIVATION)));
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
        && active.plan().stagesOnly() == stageOnly) {
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
      return Optional.of(DeployReport.pending(pending).withDigest(memory));
    }
    Optional<DeployOutcome> outcome = memory.outcome(command.id());
    if (outcome.isPresent()) {
      requireSame(command, outcome.get().commit(), sequenceIs(outcome.get().sequence(), command));
    }
    return outcome.map(known -> DeployReport.of(known).withDigest(memory));
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
      return Optional.of(DeployReport.pending(pending).withDigest(memory));
    }
    return memory.outcome(id).map(known -> DeployReport.of(known).withDigest(memory));
  }

  private ActiveDeploy admitted(DeployCommand command, DeployListener listener)
      throws RefusedException {
    requireIdle();
    try {
      HomeState memory = memory();
      boolean stranded = stranded(memory.pending(), null);
      Plan plan = admission.admit(command, withoutStranded(memory, null), clock.millis());
      ActiveDeploy deploy =
          new ActiveDeploy(plan, running.commit(), memory.lastSequence(), listener, clock);
      deploy.goesOnIn(command.fleet().epoch());
      deploy.reached(Phase.ACCEPTED);
      if (!plan.stagesOnly()) {
        if (stranded) {
          pointBack();
        }
        home.change(
            state ->
                FleetGate.taken(
                    command,
                    withoutStranded(state, null)
                        .withOutcome(deploy.failed(DeployOutcome.ENDED_BEFORE_ACTIVATION))));
      }
      return deploy;
    } catch (IOException failure) {
      throw new RefusedException(
          Refusal.HOME_UNWRITABLE,
          "the deploy could not be recorded: "
              + Diagnostics.reason(failure)
              + "; make room in the home, or mount a volume that can be written");
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
    Candidates candidates = deploy.plan().candidates();
    try {
      if (candidates == null) {
        synchronized (releases) {
          stage(deploy);
        }
        deploy.passCancelling();
        end(deploy, deploy.report(Verdict.STAGED, ""));
      } else {
        carryOut(deploy, candidates);
      }
    } catch (Throwable failure) {
      endFailed(deploy, failure);
    }
  }

  private void carryOut(ActiveDeploy deploy, Candidates candidates)
      throws IOException, ReloadDeclinedException, InterruptedException {
    ReloadStrategy strategy;
    ReloadRequest request;
    synchronized (releases) {
      stage(deploy);
      request = request(deploy);
      strategy = choose(deploy, candidates, request);
      if (strategy.interrupts()) {
        preDrain.begin(deploy, this::changed);
      }
      activate(deploy);
    }
    if (strategy instanceof InPlaceReload reload) {
      if (inPlace.carryOut(deploy, reload, request)) {
        endInPlace(deploy);
      }
    } else {
      strategy.reload(request);
    }
  }

  private ReloadRequest request(ActiveDeploy deploy) throws IOException {
    Plan plan = deploy.plan();
    return new ReloadRequest(
        plan.id(),
        home.release(Objects.requireNonNull(running.commit())),
        home.release(plan.commit()),
        progress(deploy));
  }

  private ReloadStrategy choose(ActiveDeploy deploy, Candidates candidates, ReloadRequest request)
      throws ReloadDeclinedException {
    Strategies.Chosen chosen = strategies.choose(candidates, request.from(), request.to());
    String name = chosen.strategy().name();
    deploy.carriedOutBy(chosen.strategy());
    if (!name.equals(candidates.asked())) {
      deploy.tell(new DeployEvent.Chosen(name, chosen.because()));
    }
    return chosen.strategy();
  }

  private void endInPlace(ActiveDeploy deploy) throws IOException {
    strategies.oldLoaders().ifPresent(loaders -> deploy.tell(new DeployEvent.Loaders(loaders)));
    DeployReport report =
        recorded(deploy.plan().id(), home.state())
            .orElseGet(() -> deploy.report(Verdict.FAILED, "its outcome was not recorded"));
    end(deploy, report);
    cleanUpOnceProven();
  }

  /** Whatever else fails then: a deploy that stayed under way would lock out all later ones. */
  private void endFailed(ActiveDeploy deploy, Throwable failure) {
    String cancelled = deploy.cancelledBecause();
    String reason = cancelled == null ? Diagnostics.reason(failure) : cancelled;
    DeployReport report;
    try {
      if (!isStopping()) {
        service.readinessReturned();
      }
      report = failed(deploy, reason);
    } catch (Throwable another) {
      report = deploy.report(Verdict.FAILED, reason + notRecorded(another));
    }
    end(deploy, report);
  }

  private void stage(ActiveDeploy deploy) throws IOException {
    Commit commit = deploy.plan().commit();
    deploy.requireNotCancelled();
    boolean alreadyThere = home.has(commit);
    if (deploy.plan().stages() && !alreadyThere) {
      stager.stage(commit, deploy.plan().expected(), stagingOf(deploy));
    }
    deploy.reached(Phase.STAGED);
    String digest = home.state().digests().getOrDefault(commit, "");
    deploy.cameIn(digest);
    if (deploy.plan().stages()) {
      deploy.tell(new DeployEvent.Staged(alreadyThere, digest));
    }
    requireContent(deploy, digest);
  }

  /** Another process may have staged it since the request was let in. */
  private static void requireContent(ActiveDeploy deploy, String digest) throws IOException {
    String wanted = deploy.plan().expected().sha256();
    if (wanted.isEmpty() || wanted.equals(digest)) {
      return;
    }
    if (!digest.isEmpty()) {
      throw new IOException(
          "the release of "
              + deploy.plan().commit()
              + " in the home came in the archive with the SHA-256 "
              + digest
              + ", the request names "
              + wanted);
    }
    deploy.tell(
        new DeployEvent.Noted(
            "nothing tells which archive the release of "
                + deploy.plan().commit()
                + " in the home came in; its SHA-256 is not compared"));
  }

  private Stager.Progress stagingOf(ActiveDeploy deploy) {
    return new Stager.Progress() {
      @Override
      public void bytes(long done, long total) {
        deploy.bytes(done, total);
      }

      @Override
      public void requireGoOn() throws IOException {
        deploy.requireNotCancelled();
      }
    };
  }

  private void activate(ActiveDeploy deploy) throws IOException {
    synchronized (lock) {
      if (stopping) {
        throw new IOException("the instance was told to stop");
      }
      gate.requireNewest(deploy.epoch());
      deploy.passCancelling();
      deploy.enter(InstancePhase.ACTIVATING);
    }
    changed();
    deploy.reached(Phase.ACTIVATED);
    home.activate(deploy.pending());
    deploy.setActivated();
    deploy.tell(new DeployEvent.Activated(running.commit()));
  }

  private ReloadProgress progress(ActiveDeploy deploy) {
    return new ReloadProgress() {
      @Override
      public void draining(Duration limit) {
        drains(deploy, limit);
      }

      @Override
      public void reloading() {
        deploy.tell(new DeployEvent.Reloading(deploy.strategy()));
      }

      @Override
      public void note(String line) {
        Diagnostics.say("deploy " + deploy.plan().id() + ": " + line);
        deploy.tell(new DeployEvent.Noted(line));
      }
    };
  }

  private void drains(ActiveDeploy deploy, Duration limit) {
    service.readinessWithdrawn("the service ends its work for the deploy " + deploy.plan().id());
    deploy.enter(InstancePhase.DRAINING);
    long now = deploy.reached(Phase.DRAINING);
    try {
      home.change(state -> deploy.isPendingIn(state) ? state.reached(Phase.DRAINING, now) : state);
    } catch (IOException failure) {
      // The launcher has acknowledged: a time that is missing in a record must not stop the reload.
      Diagnostics.say("the phase draining was not recorded: " + Diagnostics.reason(failure));
    }
    changed();
    deploy.tell(new DeployEvent.Draining(now + limit.toMillis()));
  }

  private DeployReport failed(ActiveDeploy deploy, String reason) {
    if (deploy.plan().stagesOnly()) {
      return deploy.report(Verdict.FAILED, reason);
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
          .orElseGet(() -> deploy.report(Verdict.FAILED, reason));
    } catch (Throwable unrecorded) {
      return deploy.report(Verdict.FAILED, reason + notRecorded(unrecorded));
    }
  }

  private void pointBack() throws IOException {
    Commit now = running.commit();
    if (now != null) {
      home.pointCurrentTo(now);
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
    Commit now = running.commit();
    return pending != null && underWay == null && now != null && !pending.to().equals(now);
  }

  private HomeState withoutStranded(HomeState memory, @Nullable ActiveDeploy underWay) {
    return stranded(memory.pending(), underWay)
        ? memory.withPendingGivenUp("the activation broke off")
        : memory;
  }

  /** An activation that was carried out was rolled back; one that broke off has failed. */
  private static HomeState withFailure(ActiveDeploy deploy, HomeState state, String reason) {
    boolean pending = deploy.isPendingIn(state);
    HomeState withoutIt = pending ? state.withPendingGivenUp(reason) : state;
    if (deploy.activated()) {
      return withoutIt;
    }
    HomeState failed = withoutIt.withOutcome(deploy.failed(reason));
    // Nothing came of it, so that it stands in nobody's way.
    return pending ? failed.withSequence(deploy.sequenceBefore()) : failed;
  }

  private void end(ActiveDeploy deploy, DeployReport report) {
    synchronized (lock) {
      if (active == deploy) {
        active = null;
      }
    }
    if (deploy.plan().stagesOnly()) {
      stagings.put(report);
    }
    changed();
    deploy.tell(new DeployEvent.Ended(report));
  }

  private void cleanUpOnceProven() {
    synchronized (releases) {
      ActiveDeploy current = active();
      if (cleaner.cleanUp(current == null ? null : current.plan().commit())) {
        changed();
      }
    }
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
    if (isStopping()) {
      return InstancePhase.STOPPING;
    }
    if (current != null) {
      return current.phase();
    }
    if (pending != null && pending.to().equals(running.commit())) {
      return InstancePhase.PROBATION;
    }
    return service.unreadyBecause().isEmpty() ? InstancePhase.READY : InstancePhase.STARTING;
  }

  private boolean isStopping() {
    synchronized (lock) {
      return stopping;
    }
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
