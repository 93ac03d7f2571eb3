package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.exit.RestartReason;
import dev.fastdeploy.launcher.supervisor.releases.PhaseRecord;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Starts a release, new or known, and goes back to the one before as long as it cannot be started.
 * The processes come from {@link ProcessSpawner}. The supervisor's thread alone uses it.
 */
final class ReleaseStarter {

  /** What a shell returns for a command that cannot be started. */
  private static final int CANNOT_START = 127;

  private final Releases releases;
  private final ProcessSpawner spawner;
  private final CurrentProcess process;
  private final ServiceSignals signals;
  private final ReleaseWatch watch;
  private final Vitals vitals;
  private final PhaseRecord phases;
  private final BeforeNextStart before;
  private final AgentWatch agents;
  private boolean crashed;

  ReleaseStarter(
      Releases releases,
      ProcessSpawner spawner,
      CurrentProcess process,
      ServiceSignals signals,
      ReleaseWatch watch,
      Vitals vitals,
      PhaseRecord phases,
      BeforeNextStart before,
      AgentWatch agents) {
    this.releases = releases;
    this.spawner = spawner;
    this.process = process;
    this.signals = signals;
    this.watch = watch;
    this.vitals = vitals;
    this.phases = phases;
    this.before = before;
    this.agents = agents;
  }

  /** Starts a release that was activated, on probation. */
  OptionalInt startNew(Release release) throws InterruptedException {
    return start(release, Optional.empty(), true);
  }

  /**
   * Starts a release that was proven before, or the image's.
   *
   * @param failed the commit that did not come up before, if that is why
   * @return the launcher's exit code if there is nothing left to start
   */
  OptionalInt startKnown(Release release, Optional<Commit> failed) throws InterruptedException {
    return start(release, failed, false);
  }

  /** Says what may have ended the service, if that can be told. */
  void explain(Child ended, int code) {
    spawner.hint(ended, code).ifPresent(Diagnostics::say);
  }

  /** The next start is one after a crash. */
  void crashed() {
    crashed = true;
  }

  /**
   * Takes a release back that did not come up, and starts the one before it.
   *
   * @param exitCode nothing if that is not why it is taken back
   */
  OptionalInt rollBack(Child ended, String reason, @Nullable Integer exitCode)
      throws InterruptedException {
    Commit commit = ended.release().commit();
    Diagnostics.say("the release " + commit + " did not come up: " + reason);
    boolean followed = releases.isFollowed();
    Release known = releases.rollBack(reason, exitCode, ended.piped().lastLines());
    vitals.reloadTakenBack();
    phases.forget();
    Diagnostics.say(
        "the release "
            + known.commit()
            + (followed
                ? " is started instead; the container tries "
                    + commit
                    + " again when it starts anew"
                : " is started again"));
    return startKnown(known, Optional.of(commit));
  }

  private OptionalInt start(Release release, Optional<Commit> failed, boolean isNew)
      throws InterruptedException {
    signals.clear();
    watch.forget();
    Child ended = process.child();
    if (ended != null) {
      OptionalInt end = before.endLeftovers(ended);
      if (end.isPresent()) {
        return end;
      }
    }
    long now = System.nanoTime();
    Child started;
    try {
      started = spawner.start(release, process.lastStarted());
    } catch (IOException cannotStart) {
      Diagnostics.say(Diagnostics.reason(cannotStart));
      return cannotStart(release, failed, isNew, Diagnostics.reason(cannotStart));
    }
    process.started(started, now);
    agents.started(started, now);
    vitals.started(started, spawner.attempt(), ended == null ? null : reason(failed), now);
    crashed = false;
    phases.pass(Phase.STARTED);
    if (isNew || failed.isPresent()) {
      watch.watch(started, failed, now);
    }
    watch.ask(started);
    phases.write();
    return OptionalInt.empty();
  }

  private RestartReason reason(Optional<Commit> failed) {
    if (crashed) {
      return RestartReason.FAILURE;
    }
    return failed.isPresent() ? RestartReason.ROLLBACK : RestartReason.RELOAD;
  }

  private OptionalInt cannotStart(
      Release release, Optional<Commit> failed, boolean isNew, String reason)
      throws InterruptedException {
    if (isNew) {
      Release known = releases.rollBack(reason, null, List.of());
      vitals.reloadTakenBack();
      return startKnown(known, Optional.of(release.commit()));
    }
    return !release.equals(releases.image()) && (failed.isPresent() || releases.lost())
        ? startKnown(releases.backToImage(), failed)
        : OptionalInt.of(CANNOT_START);
  }
}
