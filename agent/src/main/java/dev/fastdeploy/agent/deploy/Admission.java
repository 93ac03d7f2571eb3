package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.time.Instant;
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
   * @param nowMillis this machine's time, UTC milliseconds
   * @throws RefusedException if it is not begun
   * @throws IOException if the home cannot be read
   */
  Plan admit(DeployCommand command, HomeState memory, long nowMillis)
      throws RefusedException, IOException {
    if (command instanceof DeployCommand.Stage stage) {
      requireWritableHome();
      requireApp(stage.expected().app(), policy);
      requireContent(stage.commit(), stage.expected(), memory);
      requireObtainable(stage.commit());
      return new Plan(stage.id(), 0, stage.commit(), stage.expected(), true, null, false);
    } else if (command instanceof DeployCommand.Deploy deploy) {
      Candidates able = requireDeployable(deploy.strategy(), memory, service.classes());
      long sequence = inSequence(deploy, memory, nowMillis);
      requireApp(deploy.expected().app(), policy);
      requireContent(deploy.commit(), deploy.expected(), memory);
      Candidates candidates = wanted(deploy.commit(), deploy.force(), memory, able);
      requireObtainable(deploy.commit());
      return new Plan(
          deploy.id(), sequence, deploy.commit(), deploy.expected(), true, candidates, false);
    } else if (command instanceof DeployCommand.Activate activate) {
      Candidates able = requireDeployable(activate.strategy(), memory, service.classes());
      long sequence = inSequence(activate, memory, nowMillis);
      requireApp(activate.expected().app(), policy);
      requireContent(activate.commit(), activate.expected(), memory);
      Candidates candidates = wanted(activate.commit(), activate.force(), memory, able);
      requireStaged(activate.commit());
      return new Plan(
          activate.id(),
          sequence,
          activate.commit(),
          activate.expected(),
          false,
          candidates,
          false);
    } else if (command instanceof DeployCommand.Rollback rollback) {
      Candidates candidates = requireDeployable(rollback.strategy(), memory, service.classes());
      long sequence = inSequence(rollback, memory, nowMillis);
      Commit target =
          rollbackTarget(memory)
              .orElseThrow(
                  () ->
                      new RefusedException(
                          Refusal.NOTHING_TO_ROLL_BACK_TO,
                          "no release in the home was proven before the running one; deploy the commit you want"));
      return new Plan(
          rollback.id(), sequence, target, ExpectedRelease.ANY, false, candidates, true);
    }
    throw new IllegalStateException("unknown command " + command);
  }

  /** Why any deploy would be refused now; nothing if one could be begun. */
  Optional<String> generalRefusal(HomeState memory, ClassOrigin classes) {
    try {
      requireDeployable("", memory, classes);
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

  private Candidates requireDeployable(String strategy, HomeState memory, ClassOrigin classes)
      throws RefusedException {
    requireLauncher();
    requireWritableHome();
    requireNothingPending(memory.pending());
    requireReadiness();
    requireOwnClasses(classes);
    return strategies.candidates(strategy);
  }

  /** The sequence with which an activation is recorded. */
  private static long inSequence(DeployCommand command, HomeState memory, long nowMillis)
      throws RefusedException {
    long sequence = command.sequence();
    requireNotAhead(sequence, nowMillis);
    long last = memory.lastSequence(nowMillis);
    if (command.fleet().hasRecord()) {
      requireAboveThoseOfItsEpoch(sequence, memory.fence());
      // The clock of whoever owned the epoch before is another, and may be ahead of this one's.
      return Math.max(sequence, last + 1);
    }
    requireAbove(sequence, last);
    return sequence;
  }

  private static void requireNotAhead(long sequence, long nowMillis) throws RefusedException {
    if (sequence > HomeState.latestSequence(nowMillis)) {
      throw new RefusedException(
          Refusal.SEQUENCE_AHEAD,
          "the sequence "
              + sequence
              + " ("
              + Instant.ofEpochMilli(sequence)
              + ") is more than "
              + HomeState.SEQUENCE_TOLERANCE.toMinutes()
              + " minutes ahead of this instance's clock ("
              + Instant.ofEpochMilli(nowMillis)
              + "); set the clock that is wrong");
    }
  }

  private static void requireAbove(long sequence, long last) throws RefusedException {
    if (sequence == last) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " was accepted before and left no outcome under this id; deploy again with a new"
              + " sequence");
    }
    if (sequence < last) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " is below "
              + last
              + ", that of a later deploy; deploy again with a new sequence");
    }
  }

  private static void requireAboveThoseOfItsEpoch(long sequence, @Nullable Fence fence)
      throws RefusedException {
    if (fence != null && sequence <= fence.sequence()) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " is not above "
              + fence.sequence()
              + ", which a request of the epoch "
              + fence.epoch()
              + " had before; ask again with a new sequence");
    }
  }

  /** Refuses what is for another application than the instance's. */
  static void requireApp(String wanted, DeployPolicy policy) throws RefusedException {
    if (!wanted.isEmpty() && !policy.app().isEmpty() && !wanted.equals(policy.app())) {
      throw new RefusedException(
          Refusal.OTHER_APP,
          "the request is for the application '"
              + Text.shortened(wanted, 128)
              + "', this instance runs '"
              + policy.app()
              + "'; check the targets and --app");
    }
  }

  /**
   * What is in the home already must have come in the archive that the request names. Of an image's
   * release, and of what was staged by an earlier version, that is not known.
   */
  private void requireContent(Commit commit, ExpectedRelease expected, HomeState memory)
      throws RefusedException, IOException {
    String known = memory.digests().get(commit);
    if (known != null
        && !expected.sha256().isEmpty()
        && !expected.sha256().equals(known)
        && home.has(commit)) {
      throw new RefusedException(
          Refusal.OTHER_CONTENT,
          "the release of "
              + commit
              + " in the home came in the archive with the SHA-256 "
              + known
              + ", the request names "
              + expected.sha256()
              + "; publish the changed build as another commit");
    }
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
    String reason = classes.unchangeableBecause();
    if (!reason.isEmpty()) {
      throw new RefusedException(Refusal.CLASSES_OUTSIDE_RELEASE, reason);
    }
  }

  private Candidates wanted(Commit commit, boolean force, HomeState memory, Candidates candidates)
      throws RefusedException {
    if (commit.equals(running.commit())) {
      throw new RefusedException(
          Refusal.ALREADY_RUNNING, "the commit " + commit + " is running already");
    }
    if (force) {
      return candidates;
    }
    Optional<String> before = memory.refusedToAll(commit);
    if (before.isPresent()) {
      throw new RefusedException(
          Refusal.REFUSED_COMMIT,
          "the commit "
              + commit
              + " did not come up before ("
              + before.get()
              + "); deploy it with --force to try again");
    }
    return candidates.notRefusedTo(commit, memory);
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
