package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Deploys on one instance, one at a time. A deploy goes on when its client goes, and stays under
 * way until the process has ended or it failed. Thread-safe; no call waits for a deploy.
 */
public final class Deployer {

  private final RunningRelease running;
  private final Strategies strategies;
  private final FleetGate gate;
  private final Admission admission;
  private final DeployCourse course;
  private final InstanceObserver observer;
  private final InstantSource clock;
  private final Executor worker;
  private final DeploySlot slot = new DeploySlot();
  private final DeployRecords records;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

  /** Held while a request is decided, over the disk too. Only other requests wait for it. */
  private final Object requests = new Object();

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
    this.running = running;
    this.strategies = new Strategies(prepared, notPrepared);
    this.clock = clock;
    this.worker = worker;
    this.records = new DeployRecords(home, running, slot);
    this.gate = new FleetGate(policy, home);
    this.admission = new Admission(policy, running, home, stager, launcher, strategies, service);
    this.observer =
        new InstanceObserver(
            policy, running, home, service, strategies, admission, gate, slot, records);
    this.course =
        new DeployCourse(
            home,
            running,
            service,
            strategies,
            slot,
            records,
            new StageStep(home, stager),
            new PreDrain(policy.preDrain(), service, waiting, slot::isStopping),
            new InPlaceDeploy(
                home,
                running,
                service,
                launcher,
                strategies,
                policy.probation(),
                waiting,
                exit,
                slot::isStopping,
                this::changed),
            new ReleaseCleaner(home, running, admission, policy.keep()),
            this::changed);
  }

  /**
   * Begins what is asked, or says why not. A refusal changes nothing but the newest epoch that was
   * seen; the id of a known deploy gets its outcome again.
   *
   * @param listener is told everything that follows, here already the first event
   */
  public Decision submit(InstanceRequest request, DeployListener listener) {
    ActiveDeploy begun = null;
    DeployReport report = null;
    Decision decision = new Decision.Accepted();
    boolean newEpoch = false;
    synchronized (requests) {
      try {
        newEpoch = gate.pass(request);
        slot.letIn(request, newEpoch);
        report = records.known(request).orElse(null);
        if (report == null) {
          begun = admitted(request, listener);
        } else {
          decision = new Decision.Known(report.result());
        }
      } catch (RefusedException refused) {
        report = refused(request, refused);
        decision = new Decision.Refused(refused.refusal());
      }
    }
    if (begun != null) {
      begin(begun);
      return decision;
    }
    if (report != null) {
      tellEnd(listener, report);
    }
    if (newEpoch) {
      changed();
    }
    return decision;
  }

  private DeployReport refused(InstanceRequest request, RefusedException refused) {
    return DeployReport.refused(
        request.id(), request.commit(), running.commit(), refused.refusal(), refused.reason());
  }

  private ActiveDeploy admitted(InstanceRequest request, DeployListener listener)
      throws RefusedException {
    slot.requireFree();
    DeployRecords.Known known = records.readForRequest();
    try {
      HomeState memory = known.memory();
      Plan plan = admission.admit(request, memory, clock.millis());
      ActiveDeploy deploy =
          new ActiveDeploy(plan, running.commit(), memory.lastSequence(), listener, clock);
      deploy.goesOnIn(request.fleet().epoch());
      deploy.reached(Phase.ACCEPTED);
      take(deploy, request, known);
      return deploy;
    } catch (IOException failure) {
      throw new RefusedException(
          Refusal.HOME_UNWRITABLE,
          "the deploy could not be recorded: "
              + Diagnostics.reason(failure)
              + "; make room in the home, or mount a volume that can be written");
    }
  }

  /** It is under way before its record is there: the record alone would tell that it has failed. */
  private void take(ActiveDeploy deploy, InstanceRequest request, DeployRecords.Known known)
      throws IOException {
    boolean begun = false;
    slot.take(deploy);
    try {
      if (!deploy.plan().stagesOnly()) {
        records.begins(deploy, request, known);
      }
      begun = true;
    } finally {
      if (!begun) {
        slot.free(deploy);
      }
    }
  }

  private void begin(ActiveDeploy deploy) {
    deploy.tell(new DeployEvent.Accepted(running.commit(), deploy.plan().strategyName()));
    changed();
    try {
      worker.execute(() -> course.run(deploy));
    } catch (Throwable failure) {
      course.endFailed(deploy, failure);
    }
  }

  /** How a deploy stands or ended. */
  public DeployReport outcome(DeployId id) throws IOException {
    return records.outcome(id);
  }

  /**
   * Ends what is under way, if it has activated nothing yet.
   *
   * @param id which; if null, whichever is
   * @param who for the outcome and the log
   */
  public Cancelling cancel(@Nullable DeployId id, String who) throws IOException {
    ActiveDeploy current = slot.active();
    if (current == null || (id != null && !current.plan().id().equals(id))) {
      return notUnderWay(id);
    }
    Plan plan = current.plan();
    return current.cancel("cancelled by " + who)
        ? Cancelling.ending(plan.id(), plan.commit())
        : Cancelling.tooLate(plan.id(), plan.commit());
  }

  private Cancelling notUnderWay(@Nullable DeployId id) throws IOException {
    DeployRecords.Known known = records.read();
    PendingActivation pending = known.memory().pending();
    if (pending != null && (id == null || pending.id().equals(id))) {
      return Cancelling.tooLate(pending.id(), pending.to());
    }
    ActiveDeploy other = known.underWay();
    return Cancelling.notUnderWay(
        id == null ? null : records.outcome(id), other == null ? null : other.plan());
  }

  /** Returns the instance as it is now. */
  public InstanceSnapshot snapshot() {
    return observer.at(clock.millis());
  }

  /** Has something run after each change of {@link #snapshot}, on whichever thread made it. */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** The service's readiness has changed. */
  public void readinessChanged() {
    changed();
  }

  /** The launcher was told to stop: nothing is deployed any more. */
  public void stopping() {
    slot.stop();
    strategies.processEnds();
    changed();
  }

  /** The home's state was changed by the launcher. */
  public void stateChanged() {
    changed();
    worker.execute(course::cleanUpOnceProven);
  }

  /**
   * The process ends. A deploy that has activated nothing is recorded as failed, for the client
   * that will ask the next process.
   */
  public void processEnds() {
    ActiveDeploy unfinished = slot.processEnds();
    if (unfinished != null) {
      records.endsWithTheProcess(unfinished);
    }
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
