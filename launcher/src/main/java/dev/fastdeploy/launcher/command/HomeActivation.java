package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.ActivationRules;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Makes another release current for a service without an agent. The rest is up to the service: it
 * exits with the reload exit code, and its launcher starts the release and judges it.
 */
final class HomeActivation {

  private final Home home;
  private final LauncherFacts launcher;
  private final DeployId id;
  private final Clock clock;

  HomeActivation(Home home, LauncherFacts launcher, DeployId id, Clock clock) {
    this.home = home;
    this.launcher = launcher;
    this.id = id;
    this.clock = clock;
  }

  /**
   * Activates a staged commit.
   *
   * @param sha256 digest of the archive that the release must come from, or empty for any
   * @param force whether to activate it even if it was rolled back before
   * @return one line that says what the service must do now
   * @throws CommandException if that is refused; nothing was changed
   */
  String activate(Commit commit, String sha256, boolean force) throws IOException {
    try {
      ActivationRules.requireStaged(commit, home.staged());
      return activate(
          commit,
          false,
          state -> {
            if (!force) {
              ActivationRules.requireNotRefused(commit, state);
            }
            ActivationRules.requireContent(commit, sha256, state);
          });
    } catch (RefusedException refused) {
      throw forTheUser(refused);
    }
  }

  /**
   * Activates the proven release before the running one.
   *
   * @return one line that says what the service must do now
   * @throws CommandException if that is refused; nothing was changed
   */
  String rollback() throws IOException {
    try {
      List<Commit> staged = home.staged();
      Commit commit =
          ActivationRules.requireRollbackTarget(home.state(), running(), staged::contains);
      return activate(commit, true, state -> {});
    } catch (RefusedException refused) {
      throw forTheUser(refused);
    }
  }

  private interface Rule {
    void look(HomeState state) throws RefusedException;
  }

  private String activate(Commit commit, boolean rollback, Rule more)
      throws IOException, RefusedException {
    ActivationRules.requireReadiness(launcher.readiness());
    ActivationRules.requireNotRunning(commit, running());
    long now = clock.millis();
    PendingActivation activation =
        new PendingActivation(
            id,
            now,
            running(),
            commit,
            StrategyName.PROCESS,
            rollback,
            Map.of(Phase.ACCEPTED, now, Phase.STAGED, now, Phase.ACTIVATED, now));
    home.activate(
        activation,
        state -> {
          try {
            ActivationRules.requireNothingPending(state);
            ActivationRules.requireAboveTheLast(now, state, now);
            more.look(state);
          } catch (RefusedException refused) {
            throw refused.refusal() == Refusal.OLDER_SEQUENCE
                ? clockBehind(state.lastSequence(now), now)
                : forTheUser(refused);
          }
        });
    return "'"
        + commit
        + "' is current and '"
        + running()
        + "' still runs (pid "
        + launcher.servicePid()
        + "): let the service exit with the launcher's reload exit code (75, unless"
        + " --reload-exit-code says otherwise) and it starts as '"
        + commit
        + "'; deploy "
        + id;
  }

  private CommandException clockBehind(long last, long now) {
    return new CommandException(
        "the last deploy in the home '"
            + home.given()
            + "' has the sequence "
            + last
            + ", which is not before this machine's clock ("
            + now
            + "); check the clock, or forget the sequence with 'fastdeploy reset-sequence'");
  }

  /** The agent's words, and what goes without saying where an agent ends the service. */
  private static CommandException forTheUser(RefusedException refused) {
    return new CommandException(
        refused.refusal() == Refusal.ON_PROBATION
            ? refused.reason() + ". The service's next start runs it"
            : refused.reason());
  }

  private Commit running() {
    return new Commit(launcher.commit());
  }
}
