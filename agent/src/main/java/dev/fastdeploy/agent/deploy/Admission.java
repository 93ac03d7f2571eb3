package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.LauncherPort;
import dev.fastdeploy.contract.ActivationRules;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployConditions;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides whether a request is begun, by the {@link ActivationRules} for any home and the
 * conditions that this process adds. Changes nothing.
 */
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
   * Admits a request.
   *
   * @param nowMillis this machine's time, UTC milliseconds
   * @throws RefusedException if it is refused
   * @throws IOException if the home cannot be read
   */
  Plan admit(InstanceRequest request, HomeState memory, long nowMillis)
      throws RefusedException, IOException {
    if (request instanceof InstanceRequest.Stage stage) {
      DeployConditions.requireWritableHome(home.unwritableBecause());
      requireApp(stage.expected().app(), policy);
      requireContent(stage.commit(), stage.expected(), memory);
      requireObtainable(stage.commit());
      return new Plan(stage.id(), 0, stage.commit(), stage.expected(), true, null, false);
    } else if (request instanceof InstanceRequest.Deploy deploy) {
      Candidates able = requireDeployable(deploy.strategy(), memory, service.classes());
      long sequence = inSequence(deploy, memory, nowMillis);
      requireApp(deploy.expected().app(), policy);
      requireContent(deploy.commit(), deploy.expected(), memory);
      Candidates candidates = wanted(deploy.commit(), deploy.force(), memory, able);
      requireObtainable(deploy.commit());
      return new Plan(
          deploy.id(), sequence, deploy.commit(), deploy.expected(), true, candidates, false);
    } else if (request instanceof InstanceRequest.Activate activate) {
      Candidates able = requireDeployable(activate.strategy(), memory, service.classes());
      long sequence = inSequence(activate, memory, nowMillis);
      requireApp(activate.expected().app(), policy);
      requireContent(activate.commit(), activate.expected(), memory);
      Candidates candidates = wanted(activate.commit(), activate.force(), memory, able);
      ActivationRules.requireStaged(activate.commit(), home.staged());
      return new Plan(
          activate.id(),
          sequence,
          activate.commit(),
          activate.expected(),
          false,
          candidates,
          false);
    } else if (request instanceof InstanceRequest.Rollback rollback) {
      Candidates candidates = requireDeployable(rollback.strategy(), memory, service.classes());
      long sequence = inSequence(rollback, memory, nowMillis);
      Commit target =
          ActivationRules.requireRollbackTarget(memory, running.commit(), presentOf(memory));
      return new Plan(
          rollback.id(), sequence, target, ExpectedRelease.ANY, false, candidates, true);
    }
    throw new IllegalStateException("unknown request " + request);
  }

  /** Returns why any deploy would be refused now, or empty if one could be begun. */
  Optional<String> generalRefusal(HomeState memory, ClassOrigin classes) {
    try {
      requireDeployable("", memory, classes);
      return Optional.empty();
    } catch (RefusedException refused) {
      return Optional.of(refused.reason());
    }
  }

  /** Returns why no release can be fetched, or empty if one can be. */
  Optional<String> storeUnusableBecause() {
    return stager.unusableBecause();
  }

  /** Returns the release that a rollback would return to, or empty if there is none. */
  Optional<Commit> rollbackTarget(HomeState memory) throws IOException {
    Commit now = running.commit();
    return now == null ? Optional.empty() : memory.provenBefore(now, presentOf(memory));
  }

  private Predicate<Commit> presentOf(HomeState memory) throws IOException {
    Set<Commit> present = new HashSet<>();
    for (Commit proven : memory.proven()) {
      if (home.has(proven)) {
        present.add(proven);
      }
    }
    return present::contains;
  }

  private Candidates requireDeployable(String strategy, HomeState memory, ClassOrigin classes)
      throws RefusedException {
    new DeployConditions(
            noLauncher(),
            home.unwritableBecause(),
            memory.pending(),
            policy.readinessKnown(),
            Optional.of(classes.unchangeableBecause()).filter(reason -> !reason.isEmpty()))
        .requireForActivation();
    return strategies.candidates(strategy);
  }

  /** Returns the sequence number with which an activation is recorded. */
  private static long inSequence(InstanceRequest request, HomeState memory, long nowMillis)
      throws RefusedException {
    long sequence = request.sequence();
    ActivationRules.requireNotAhead(sequence, nowMillis);
    if (request.fleet().hasRecord()) {
      ActivationRules.requireAboveThoseOfItsEpoch(sequence, memory);
      // The owner of the epoch before used another clock, which may be ahead of this one's.
      return Math.max(sequence, memory.lastSequence(nowMillis) + 1);
    }
    ActivationRules.requireAboveTheLast(sequence, memory, nowMillis);
    return sequence;
  }

  /** Refuses a request for an application other than the instance's. */
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

  private void requireContent(Commit commit, ExpectedRelease expected, HomeState memory)
      throws RefusedException, IOException {
    if (home.has(commit)) {
      ActivationRules.requireContent(commit, expected.sha256(), memory);
    }
  }

  private Optional<String> noLauncher() {
    Optional<String> absent = launcher.absentBecause().filter(reason -> !policy.withoutLauncher());
    return absent.isEmpty() && running.commit() == null
        ? Optional.of("the process was not told which commit it runs; start it with the launcher")
        : absent;
  }

  private Candidates wanted(Commit commit, boolean force, HomeState memory, Candidates candidates)
      throws RefusedException {
    ActivationRules.requireNotRunning(commit, running.commit());
    if (force) {
      return candidates;
    }
    ActivationRules.requireNotRefused(commit, memory);
    return candidates.notRefusedTo(commit, memory);
  }

  private void requireObtainable(Commit commit) throws RefusedException, IOException {
    Optional<String> unusable = stager.unusableBecause();
    if (unusable.isPresent() && !home.has(commit)) {
      throw new RefusedException(Refusal.NO_STORE, unusable.get());
    }
  }
}
