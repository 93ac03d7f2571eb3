package dev.fastdeploy.agent.control;

import dev.fastdeploy.agent.deploy.Cancelling;
import dev.fastdeploy.agent.deploy.ClassOrigin;
import dev.fastdeploy.agent.deploy.DeployNotice;
import dev.fastdeploy.agent.deploy.DeployReport;
import dev.fastdeploy.agent.deploy.InstanceSnapshot;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.control.v1.Accepted;
import dev.fastdeploy.control.v1.Activated;
import dev.fastdeploy.control.v1.CancelResponse;
import dev.fastdeploy.control.v1.Cancellation;
import dev.fastdeploy.control.v1.Chosen;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.Draining;
import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Noted;
import dev.fastdeploy.control.v1.OldLoaders;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.PhaseTime;
import dev.fastdeploy.control.v1.PreDraining;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.RefusedCommit;
import dev.fastdeploy.control.v1.ReleaseDigest;
import dev.fastdeploy.control.v1.Reloading;
import dev.fastdeploy.control.v1.Result;
import dev.fastdeploy.control.v1.Staged;
import dev.fastdeploy.control.v1.Staging;
import dev.fastdeploy.control.v1.UnpreparedStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Translates the deployment's values into messages of the control protocol. */
final class Messages {

  private Messages() {}

  static DeployEvent event(DeployNotice notice) {
    DeployEvent.Builder message =
        DeployEvent.newBuilder()
            .setDeployId(notice.id().id())
            .setCommit(id(notice.commit()))
            .setTimeMs(notice.timeMillis());
    fill(message, notice.event());
    return message.build();
  }

  private static void fill(
      DeployEvent.Builder message, dev.fastdeploy.agent.deploy.DeployEvent event) {
    if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Accepted accepted) {
      message.setAccepted(
          Accepted.newBuilder()
              .setRunning(id(accepted.running()))
              .setStrategy(accepted.strategy()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Staging staging) {
      message.setStaging(
          Staging.newBuilder()
              .setBytesDone(staging.bytesDone())
              .setBytesTotal(staging.bytesTotal()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Staged staged) {
      message.setStaged(
          Staged.newBuilder().setAlreadyThere(staged.alreadyThere()).setSha256(staged.sha256()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.PreDraining before) {
      message.setPreDraining(PreDraining.newBuilder().setUntilMs(before.untilMillis()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Activated activated) {
      message.setActivated(Activated.newBuilder().setFrom(id(activated.from())));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Draining draining) {
      message.setDraining(Draining.newBuilder().setDeadlineMs(draining.deadlineMillis()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Reloading reloading) {
      message.setReloading(
          Reloading.newBuilder()
              .setStrategy(reloading.strategy())
              .setProcessEnds(reloading.processEnds()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Chosen chosen) {
      message.setChosen(
          Chosen.newBuilder().setStrategy(chosen.strategy()).setBecause(chosen.because()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Noted noted) {
      message.setNoted(Noted.newBuilder().setLine(noted.line()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Loaders after) {
      message.setLoaders(loaders(after.loaders()));
    } else if (event instanceof dev.fastdeploy.agent.deploy.DeployEvent.Ended ended) {
      message.setOutcome(outcome(ended.report()));
    }
  }

  static Outcome outcome(DeployReport report) {
    Outcome.Builder message =
        Outcome.newBuilder()
            .setDeployId(report.id().id())
            .setCommit(id(report.commit()))
            .setFrom(id(report.from()))
            .setResult(Result.valueOf("RESULT_" + report.result().name()))
            .setReason(report.reason())
            .setSha256(report.sha256())
            .addAllLastLines(report.lastLines());
    if (report.refusal() != null) {
      message.setRefusal(Refusal.valueOf("REFUSAL_" + report.refusal().name()));
    }
    if (report.exitCode() != null) {
      message.setExitCode(report.exitCode());
    }
    for (Phase phase : Phase.values()) {
      Long time = report.phases().get(phase);
      if (time != null) {
        message.addPhases(PhaseTime.newBuilder().setPhase(phase.label()).setTimeMs(time));
      }
    }
    return message.build();
  }

  static InstanceStatus status(InstanceSnapshot snapshot, InstanceFacts facts) {
    InstanceStatus.Builder message =
        InstanceStatus.newBuilder()
            .setInstance(facts.instance())
            .setIdentity(facts.identity())
            .setApp(snapshot.membership().app())
            .setEnvironment(snapshot.membership().environment())
            .setEpoch(snapshot.membership().epoch())
            .setInService(snapshot.inService())
            .setTimeMs(snapshot.nowMillis())
            .setState(InstanceState.valueOf("INSTANCE_STATE_" + snapshot.state().name()))
            .setPid(facts.pid())
            .setStartedMs(facts.startedMillis())
            .setAgentVersion(facts.agentVersion())
            .setJavaVersion(facts.javaVersion())
            .setClassArchive(facts.archive().used())
            .setNoClassArchiveBecause(facts.archive().noneBecause());
    freeBytes(facts.home()).ifPresent(message::setFreeBytes);
    fill(message, snapshot.releases());
    fill(message, snapshot.deploys());
    fill(message, snapshot.code());
    return message.build();
  }

  private static void fill(InstanceStatus.Builder message, InstanceSnapshot.Releases releases) {
    HomeState memory = releases.memory();
    PendingActivation pending = memory.pending();
    message
        .setRunning(id(releases.running()))
        .setProven(memory.lastProven().map(Commit::id).orElse(""))
        .setImage(id(memory.image()))
        .setPending(pending == null ? "" : pending.to().id())
        .setPendingDeployId(pending == null ? "" : pending.id().id())
        .setLastSequence(memory.lastSequence());
    memory
        .refused()
        .forEach(
            (commit, reason) ->
                message.addRefused(
                    RefusedCommit.newBuilder().setCommit(commit.id()).setReason(reason)));
    for (Commit commit : releases.staged()) {
      message.addStaged(commit.id());
      String digest = memory.digests().get(commit);
      if (digest != null) {
        message.addDigests(ReleaseDigest.newBuilder().setCommit(commit.id()).setSha256(digest));
      }
    }
  }

  private static void fill(InstanceStatus.Builder message, InstanceSnapshot.Deploys deploys) {
    DeployId active = deploys.active();
    message
        .setActiveDeployId(active == null ? "" : active.id())
        .addAllStrategies(deploys.strategies())
        .setDeploysRefusedBecause(deploys.refusedBecause())
        .setHomeUnwritableBecause(deploys.homeUnwritableBecause())
        .setStoreUnusableBecause(deploys.storeUnusableBecause());
    deploys
        .notPrepared()
        .forEach(
            (strategy, reason) ->
                message.addUnprepared(
                    UnpreparedStrategy.newBuilder().setStrategy(strategy).setReason(reason)));
    deploys.outcomes().forEach(report -> message.addOutcomes(outcome(report)));
  }

  private static void fill(InstanceStatus.Builder message, InstanceSnapshot.Code code) {
    message.setClasses(classes(code.classes()));
    code.oldLoaders().ifPresent(loaders -> message.setOldLoaders(loaders(loaders)));
    message
        .addAllHeldListeners(code.connections().listeners())
        .setNotHeldBecause(code.connections().notHeldBecause());
  }

  /** Does not ask the file store, which reads the mounts each time. */
  private static OptionalLong freeBytes(@Nullable Path home) {
    if (home == null) {
      return OptionalLong.empty();
    }
    long bytes = home.toFile().getUsableSpace();
    return bytes > 0 || Files.isDirectory(home) ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  static CancelResponse cancelling(Cancelling answer) {
    return CancelResponse.newBuilder()
        .setResult(Cancellation.valueOf("CANCELLATION_" + answer.result().name()))
        .setDeployId(answer.id() == null ? "" : answer.id().id())
        .setCommit(id(answer.commit()))
        .setReason(answer.reason())
        .build();
  }

  private static OldLoaders loaders(dev.fastdeploy.agent.reload.OldLoaders loaders) {
    return OldLoaders.newBuilder()
        .setCollected(loaders.collected())
        .setPending(loaders.pending())
        .setLeaked(loaders.leaked())
        .addAllHeldBy(loaders.heldBy())
        .addAllSecondCopies(loaders.secondCopies())
        .setMetaspaceBytes(loaders.metaspaceBytes())
        .build();
  }

  private static dev.fastdeploy.control.v1.ClassOrigin classes(ClassOrigin classes) {
    return dev.fastdeploy.control.v1.ClassOrigin.newBuilder()
        .setFromRelease(classes.fromRelease())
        .setFromElsewhere(classes.fromElsewhere())
        .setMainClassLocation(classes.mainClassLocation())
        .addAllOutside(classes.outside())
        .setDoubtful(classes.doubtfulBecause())
        .build();
  }

  private static String id(@Nullable Commit commit) {
    return commit == null ? "" : commit.id();
  }
}
