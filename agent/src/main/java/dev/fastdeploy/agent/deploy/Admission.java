package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether a request is begun. Changes nothing. */
final class Admission {

  private final DeployPolicy policy;
  private final RunningRelease running;
  private final ReleaseHome home;
  private final Stager stager;
  private final LauncherPort launcher;
  private final Strategies strategies;
  private final ServiceFacts service;

  Admission(
      DeployPolicy policy,
      RunningRelease running,
      ReleaseHome home,
      Stager stager,
      LauncherPort launcher,
      Strategies strategies,
      ServiceFacts service) {
    this.policy = policy;
    this.running = running;
    this.home = home;
    this.stager = stager;
    this.launcher = launcher;
    this.strategies = strategies;
    this.service = service;
  }

  /**
   * Lets a request in.
   *
   * @throws RefusedException if it is not begun
   * @throws IOException if the home cannot be read
   */
  Plan admit(DeployCommand command, HomeState memory) throws RefusedException, IOException {
    if (command instanceof DeployCommand.Stage stage) {
      requireWritableHome();
      requireObtainable(stage.commit());
      return new Plan(stage.id(), 0, stage.commit(), true, null, false);
    } else if (command instanceof DeployCommand.Deploy deploy) {
      Candidates candidates =
          requireDeployable(deploy.sequence(), deploy.strategy(), memory, service.classes());
      requireWanted(deploy.commit(), deploy.force(), memory);
      requireObtainable(deploy.commit());
      return new Plan(deploy.id(), deploy.sequence(), deploy.commit(), true, candidates, false);
    } else if (command instanceof DeployCommand.Activate activate) {
      Candidates candidates =
          requireDeployable(activate.sequence(), activate.strategy(), memory, service.classes());
      requireWanted(activate.commit(), activate.force(), memory);
      requireStaged(activate.commit());
      return new Plan(
          activate.id(), activate.sequence(), activate.commit(), false, candidates, false);
    } else if (command instanceof DeployCommand.Rollback rollback) {
      Candidates candidates =
          requireDeployable(rollback.sequence(), rollback.strategy(), memory, service.classes());
      Commit target =
          rollbackTarget(memory)
              .orElseThrow(
                  () ->
                      new RefusedException(
                          Refusal.NOTHING_TO_ROLL_BACK_TO,
                          "no release in the home was proven before the running one; deploy the commit you want"));
      return new Plan(rollback.id(), rollback.sequence(), target, false, candidates, true);
    }
    throw new IllegalStateException("unknown command " + command);
  }

  /** Why any deploy would be refused now; nothing if one could be begun. */
  Optional<String> generalRefusal(HomeState memory, ClassOrigin classes) {
    try {
      requireDeployable(Long.MAX_VALUE, "", memory, classes);
      return Optional.empty();
    } catch (RefusedException refused) {
      return Optional.of(refused.reason());
    }
  }

  /** The release that a rollback would return to. */
  Optional<Commit> rollbackTarget(HomeState memory) throws IOException {
    Commit now = running.commit();
    if (now == null) {
      return Optional.empty();
    }
    List<Commit> present = new ArrayList<>();
    for (Commit proven : memory.proven()) {
      if (home.has(proven)) {
        present.add(proven);
      }
    }
    return memory.provenBefore(now, present::contains);
  }

  private Candidates requireDeployable(
      long sequence, String strategy, HomeState memory, ClassOrigin classes)
      throws RefusedException {
    requireLauncher();
    requireWritableHome();
    requireNothingPending(memory.pending());
    requireReadiness();
    requireOwnClasses(classes);
    if (sequence == memory.lastSequence()) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " was accepted before and left no outcome under this id; deploy again with a new"
              + " sequence");
    }
    if (sequence < memory.lastSequence()) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " is below "
              + memory.lastSequence()
              + ", that of a later deploy; deploy again with a new sequence");
    }
    return strategies.candidates(strategy);
  }

  private void requireLauncher() throws RefusedException {
    Optional<String> absent = launcher.absentBecause();
    if (absent.isPresent() && !policy.withoutLauncher()) {
      throw new RefusedException(Refusal.NO_LAUNCHER, absent.get());
    }
    if (running.commit() == null) {
      throw new RefusedException(
          Refusal.NO_LAUNCHER,
          "the process was not told which commit it runs; start it with the launcher");
    }
  }

  private void requireWritableHome() throws RefusedException {
    Optional<String> unwritable = home.unwritableBecause();
    if (unwritable.isPresent()) {
      throw new RefusedException(Refusal.HOME_UNWRITABLE, unwritable.get());
    }
  }

  private void requireNothingPending(@Nullable PendingActivation pending) throws RefusedException {
    if (pending != null) {
      throw new RefusedException(
          Refusal.ON_PROBATION,
          "the commit "
              + pending.to()
              + " of deploy "
              + pending.id()
              + " is not proven yet; wait for its outcome");
    }
  }

  private void requireReadiness() throws RefusedException {
    if (!policy.readinessKnown()) {
      throw new RefusedException(
          Refusal.NO_READINESS,
          "nothing tells when a new release is ready; start the launcher with --ready or"
              + " --ready-after");
    }
  }

  private void requireOwnClasses(ClassOrigin classes) throws RefusedException {
    if (classes.entirelyOutside()) {
      throw new RefusedException(
          Refusal.CLASSES_OUTSIDE_RELEASE,
          "no class of the application comes from the running release, so a deploy would change"
              + " nothing; let the command use relative paths or {release}");
    }
  }

  private void requireWanted(Commit commit, boolean force, HomeState memory)
      throws RefusedException {
    if (commit.equals(running.commit())) {
      throw new RefusedException(
          Refusal.ALREADY_RUNNING, "the commit " + commit + " is running already");
    }
    String before = memory.refused().get(commit);
    if (before != null && !force) {
      throw new RefusedException(
          Refusal.REFUSED_COMMIT,
          "the commit "
              + commit
              + " did not come up before ("
              + before
              + "); deploy it with --force to try again");
    }
  }

  private void requireObtainable(Commit commit) throws RefusedException, IOException {
    Optional<String> unusable = stager.unusableBecause();
    if (unusable.isPresent() && !home.has(commit)) {
      throw new RefusedException(Refusal.NO_STORE, unusable.get());
    }
  }

  private void requireStaged(Commit commit) throws RefusedException, IOException {
    if (!home.has(commit)) {
      throw new RefusedException(
          Refusal.NOT_STAGED, "the commit " + commit + " is not in the home; stage or deploy it");
    }
  }
}
