package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.releases.PhaseRecord;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records the course of a reload, in the home for the pipeline and in the vitals for the platform.
 */
@SupervisorThread
final class ReloadRecord {

  private final Releases releases;
  private final Vitals vitals;
  private final PhaseRecord phases;

  ReloadRecord(Releases releases, Vitals vitals) {
    this.releases = releases;
    this.vitals = vitals;
    this.phases = new PhaseRecord(releases);
  }

  /** Records that an activated release is about to run. */
  void begins(PendingActivation activation) {
    vitals.reloadBegins(activation);
  }

  /** Notes that a phase is passed now; it is recorded once there is time. */
  void pass(Phase phase) {
    phases.pass(phase);
  }

  /** Records the phases that were passed. */
  void writePhases() {
    phases.write();
  }

  /** Records that the new release is ready. */
  void ready() {
    phases.pass(Phase.READY);
    phases.write();
  }

  /** Records that the new release is proven. */
  void proven() {
    releases.proven();
    vitals.reloadProven();
  }

  /**
   * Records that the agent has proven a release that it reloaded in place; the agent has told the
   * home.
   */
  void provenInPlace() {
    vitals.reloadProven();
  }

  /**
   * Records that the new release did not come up.
   *
   * @param exitCode null if it was given up before its process ended
   * @return the release to go back to
   */
  Release rollBack(String reason, @Nullable Integer exitCode, List<String> lastLines) {
    Release known = releases.rollBack(reason, exitCode, lastLines);
    vitals.reloadTakenBack();
    return known;
  }

  /**
   * Records that a release was taken back and the home already knows: from the agent that had
   * reloaded it in place, or because the activation was gone before its release was started.
   */
  void takenBack() {
    vitals.reloadTakenBack();
  }

  /** Forgets the phases that were passed: they belong to a reload that was taken back. */
  void forgetPhases() {
    phases.forget();
  }

  /** Records that the previous release is ready again. */
  void restored(Optional<Commit> failed) {
    failed.ifPresent(releases::restored);
    vitals.restored();
  }
}
