package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.InPlaceReload;
import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadProgress;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * The course of a deploy from beginning to end: stage, choose the strategy, pre-drain, activate,
 * reload. A failure on the way ends the deploy and leaves the running release current.
 */
final class DeployCourse {

  private final ReleaseHome home;
  private final RunningRelease running;
  private final ServiceFacts service;
  private final Strategies strategies;
  private final DeploySlot slot;
  private final DeployRecords records;
  private final StageStep staging;
  private final PreDrain preDrain;
  private final InPlaceDeploy inPlace;
  private final ReleaseCleaner cleaner;
  private final Runnable changed;

  /** Held while the releases in the home change. Only a deploy and the cleaning wait for it. */
  private final Object releases = new Object();

  /**
   * @param changed runs after each change that a status shows
   */
  DeployCourse(
      ReleaseHome home,
      RunningRelease running,
      ServiceFacts service,
      Strategies strategies,
      DeploySlot slot,
      DeployRecords records,
      StageStep staging,
      PreDrain preDrain,
      InPlaceDeploy inPlace,
      ReleaseCleaner cleaner,
      Runnable changed) {
    this.home = home;
    this.running = running;
    this.service = service;
    this.strategies = strategies;
    this.slot = slot;
    this.records = records;
    this.staging = staging;
    this.preDrain = preDrain;
    this.inPlace = inPlace;
    this.cleaner = cleaner;
    this.changed = changed;
  }

  /** Carries out a deploy that was admitted. */
  void run(ActiveDeploy deploy) {
    try {
      Candidates candidates = deploy.plan().candidates();
      if (candidates == null) {
        stageOnly(deploy);
      } else {
        carryOut(deploy, candidates);
      }
    } catch (Throwable failure) {
      endFailed(deploy, failure);
    }
  }

  private void stageOnly(ActiveDeploy deploy) throws IOException {
    synchronized (releases) {
      staging.carryOut(deploy);
    }
    deploy.passCancelling();
    end(deploy, deploy.report(ReportedResult.STAGED, ""));
  }

  private void carryOut(ActiveDeploy deploy, Candidates candidates)
      throws IOException, ReloadDeclinedException, InterruptedException {
    ReloadStrategy strategy;
    ReloadRequest request;
    synchronized (releases) {
      staging.carryOut(deploy);
      request = request(deploy);
      strategy = choose(deploy, candidates, request);
      if (strategy.interrupts()) {
        preDrain.begin(deploy, changed);
      }
      activate(deploy);
    }
    reload(deploy, strategy, request);
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

  private void activate(ActiveDeploy deploy) throws IOException {
    slot.letActivate(deploy);
    changed.run();
    deploy.reached(Phase.ACTIVATED);
    home.activate(deploy.pending());
    deploy.setActivated();
    deploy.tell(new DeployEvent.Activated(running.commit()));
  }

  /**
   * Reloads the service. A strategy that ends the process leaves the deploy's end to the launcher.
   */
  private void reload(ActiveDeploy deploy, ReloadStrategy strategy, ReloadRequest request)
      throws IOException, ReloadDeclinedException, InterruptedException {
    if (!(strategy instanceof InPlaceReload reload)) {
      strategy.reload(request);
    } else if (inPlace.carryOut(deploy, reload, request)) {
      strategies.oldLoaders().ifPresent(loaders -> deploy.tell(new DeployEvent.Loaders(loaders)));
      end(deploy, records.ended(deploy));
      cleanUpOnceProven();
    }
  }

  private void end(ActiveDeploy deploy, DeployReport report) {
    if (deploy.plan().stagesOnly()) {
      records.staged(report);
    }
    slot.free(deploy);
    changed.run();
    deploy.tell(new DeployEvent.Ended(report));
  }

  /**
   * Ends a failed deploy, whatever else fails then: a deploy that stayed under way would lock out
   * all later ones.
   */
  void endFailed(ActiveDeploy deploy, Throwable failure) {
    String cancelled = deploy.cancelledBecause();
    String reason = cancelled == null ? Diagnostics.reason(failure) : cancelled;
    DeployReport report;
    try {
      if (!slot.isStopping()) {
        service.readinessReturned();
      }
      report = records.failed(deploy, reason);
    } catch (Throwable another) {
      report = DeployRecords.notRecorded(deploy, reason, another);
    }
    end(deploy, report);
  }

  /** Removes the releases that nothing needs any more, if the running one is proven. */
  void cleanUpOnceProven() {
    synchronized (releases) {
      ActiveDeploy underWay = slot.active();
      if (cleaner.cleanUp(underWay == null ? null : underWay.plan().commit())) {
        changed.run();
      }
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

  private ReloadProgress progress(ActiveDeploy deploy) {
    return new ReloadProgress() {
      @Override
      public void draining(Duration limit) {
        drains(deploy, limit);
      }

      @Override
      public void reloading() {
        deploy.tell(new DeployEvent.Reloading(deploy.strategy(), deploy.processEnds()));
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
    deploy.enter(InstanceState.DRAINING);
    long now = deploy.reached(Phase.DRAINING);
    records.drains(deploy, now);
    changed.run();
    deploy.tell(new DeployEvent.Draining(now + limit.toMillis()));
  }
}
