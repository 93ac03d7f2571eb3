package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes another release current for a service without an agent. What follows is the service's own
 * part: it ends with the reload exit code, and its launcher starts the release and judges it.
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
   * @param sha256 of the archive that the release must have come in; empty for any
   * @param force though it was rolled back before
   * @return one line that says what the service must do now
   * @throws CommandException if that is refused; nothing was changed
   */
  String activate(Commit commit, String sha256, boolean force) throws IOException {
    requireStaged(commit, "stage it first with 'fastdeploy stage " + commit + " --home …'");
    return activate(
        commit,
        false,
        state -> {
          Optional<String> refused = state.refusedToAll(commit);
          if (refused.isPresent() && !force) {
            throw new CommandException(
                "'"
                    + commit
                    + "' was rolled back before ("
                    + refused.get()
                    + "); give --force to try again");
          }
          String known = state.digests().get(commit);
          if (known != null && !sha256.isEmpty() && !sha256.equals(known)) {
            throw new CommandException(
                "'"
                    + commit
                    + "' in the home came in the archive with the SHA-256 "
                    + known
                    + ", not "
                    + sha256
                    + "; publish the changed build as another commit");
          }
        });
  }

  /**
   * Activates the proven release before the running one.
   *
   * @return one line that says what the service must do now
   * @throws CommandException if that is refused; nothing was changed
   */
  String rollback() throws IOException {
    List<Commit> staged = home.staged();
    Commit commit =
        home.state()
            .provenBefore(running(), staged::contains)
            .orElseThrow(
                () ->
                    new CommandException(
                        "nothing to roll back to: no release that was proven before '"
                            + launcher.commit()
                            + "' is in the home; activate another with 'fastdeploy activate"
                            + " COMMIT'"));
    return activate(commit, true, state -> {});
  }

  private interface Check {
    void look(HomeState state);
  }

  private String activate(Commit commit, boolean rollback, Check check) throws IOException {
    if (!launcher.readiness()) {
      throw new CommandException(
          "the launcher in the home '"
              + home.given()
              + "' cannot tell whether '"
              + commit
              + "' comes up; start it with --ready or --ready-after");
    }
    if (commit.equals(running())) {
      throw new CommandException("'" + commit + "' runs already; nothing is to be activated");
    }
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
          requireFree(state, activation);
          check.look(state);
        });
    return "'"
        + commit
        + "' is current and '"
        + running()
        + "' still runs (pid "
        + launcher.servicePid()
        + "): end the service with the launcher's reload exit code (75, unless --reload-exit-code"
        + " says otherwise) and it starts as '"
        + commit
        + "'; deploy "
        + id;
  }

  private void requireFree(HomeState state, PendingActivation wanted) {
    PendingActivation pending = state.pending();
    if (pending != null) {
      throw new CommandException(
          "'"
              + pending.to()
              + "' was activated by deploy '"
              + pending.id()
              + "' and is not proven yet; let the service restart, or wait for the verdict");
    }
    long last = state.lastSequence(wanted.sequence());
    if (wanted.sequence() <= last) {
      throw new CommandException(
          "the last deploy in the home '"
              + home.given()
              + "' has the time "
              + last
              + ", which is not before now ("
              + wanted.sequence()
              + "); check this machine's clock, or forget it with 'fastdeploy reset-sequence'");
    }
  }

  private void requireStaged(Commit commit, String remedy) throws IOException {
    if (home.release(commit).isEmpty()) {
      throw new CommandException(
          "'"
              + commit
              + "' is not in the home '"
              + home.given()
              + "', which holds "
              + home.staged().stream().map(Commit::id).collect(Collectors.joining(", "))
              + "; "
              + remedy);
    }
  }

  private Commit running() {
    return new Commit(launcher.commit());
  }
}
