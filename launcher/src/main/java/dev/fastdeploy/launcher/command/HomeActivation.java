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
                    + "); give --force to try it again");
          }
          String known = state.digests().get(commit);
          if (known != null && !sha256.isEmpty() && !sha256.equals(known)) {
            throw new CommandException(
                "'"
                    + commit
                    + "' in the home came from an archive with the SHA-256 "
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
                        "nothing to roll back to: the home has no release that was proven before '"
                            + launcher.commit()
                            + "'; activate another with 'fastdeploy activate COMMIT'"));
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
      throw new CommandException(
          "'" + commit + "' is running already; there is nothing to activate");
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
        + "): let the service exit with the launcher's reload exit code (75, unless"
        + " --reload-exit-code says otherwise) and it starts as '"
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
              + "' and is not proven yet; let the service restart, or wait until it is proven or"
              + " rolled back");
    }
    long last = state.lastSequence(wanted.sequence());
    if (wanted.sequence() <= last) {
      throw new CommandException(
          "the last deploy in the home '"
              + home.given()
              + "' has the sequence "
              + last
              + ", which is not before this machine's clock ("
              + wanted.sequence()
              + "); check the clock, or forget the sequence with 'fastdeploy reset-sequence'");
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
