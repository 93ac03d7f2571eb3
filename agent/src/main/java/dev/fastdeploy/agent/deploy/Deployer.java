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
 * Carries out deploys on one instance, one at a time. A deploy continues when its client goes, and
 * stays under way until it or the process has ended. Thread-safe; no call waits for a deploy.
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

  /** Held while a request is decided, even during disk access. Only other requests wait for it. */
  private final Object requests = new Object();

  /**
   * @param prepared the strategies that were prepared, the default first
   * @param notPrepared the reasons why other configured strategies could not be prepared, by name
   * @param exit ends the process if a reload in place leaves nothing that serves
   * @param worker runs each deploy from beginning to end, and the cleaning of the home
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
   * Begins a request, or says why not. A refusal changes nothing but the newest epoch seen. A
   * request with the id of a known deploy gets its outcome again.
   *
   * @param listener receives every event that follows, the first one during this call
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

  /**
   * Marks the deploy as under way before its record is written: the record alone would say that it
   * has failed.
   */
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

  /** Reports the state of a deploy, or how it ended. */
  public DeployReport outcome(DeployId id) throws IOException {
    return records.outcome(id);
  }

  /**
   * Ends the deploy that is under way, if it has activated nothing yet.
   *
   * @param id the deploy to end; null for whichever is under way
   * @param who the name of the one who cancels it, for the outcome and the log
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

  /**
   * Registers a task to run after each change of {@link #snapshot}, on the thread that made the
   * change.
   */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** Notes that the service's readiness has changed. */
  public void readinessChanged() {
    changed();
  }

  /** Notes that the launcher was told to stop: nothing is deployed any more. */
  public void stopping() {
    slot.stop();
    strategies.processEnds();
    changed();
  }

  /** Notes that the launcher has changed the home's state. */
  public void stateChanged() {
    changed();
    worker.execute(course::cleanUpOnceProven);
  }

  /**
   * Notes that the process ends. A deploy that has activated nothing is recorded as failed, for the
   * client that will ask the next process.
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
