package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.archive.ArchiveOffer;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.exit.RestartReason;
import dev.fastdeploy.launcher.supervisor.releases.Releases;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Starts a release, new or known, and goes back to the previous one for as long as it cannot be
 * started. {@link ProcessSpawner} makes the processes.
 */
@SupervisorThread
final class ReleaseStarter {

  /** A shell's exit code for a command that cannot be started. */
  private static final int CANNOT_START = 127;

  private final LauncherParts launcher;
  private final Releases releases;
  private final ServiceInstances instances;
  private final Vitals vitals;
  private final BeforeNextStart before;
  private boolean crashed;

  ReleaseStarter(
      LauncherParts launcher, ServiceInstances instances, Vitals vitals, BeforeNextStart before) {
    this.launcher = launcher;
    this.releases = launcher.releases();
    this.instances = instances;
    this.vitals = vitals;
    this.before = before;
  }

  /** Starts a release that was activated, on probation. */
  OptionalInt startNew(Release release) throws InterruptedException {
    return start(release, Optional.empty(), true);
  }

  /**
   * Starts a release that was proven before, or the image's.
   *
   * @param failed the commit that did not come up before, if that is the reason
   * @return the launcher's exit code if there is nothing left to start
   */
  OptionalInt startKnown(Release release, Optional<Commit> failed) throws InterruptedException {
    return start(release, failed, false);
  }

  /** Starts the release of a service that has ended once more, in the same role. */
  OptionalInt startOnceMore(ServiceInstance ended) throws InterruptedException {
    Watched watched = ended.watch().watched();
    Release release = ended.child().release();
    return watched != null && watched.isNewRelease()
        ? startNew(release)
        : startKnown(release, watched == null ? Optional.empty() : watched.failed());
  }

  /** Says what may have ended the service, if that is known. */
  void explain(Child ended, int code) {
    launcher.spawner().hint(ended, code).ifPresent(Diagnostics::say);
  }

  /** Records that a JVM ended with an archive of classes before its agent reported. */
  void endedWith(ArchiveOffer.Offered archive, int code) {
    launcher.spawner().archives().endedWith(archive, code);
  }

  /** Records that the next start follows a crash. */
  void crashed() {
    crashed = true;
  }

  /**
   * Takes back a release that did not come up, and starts the previous one.
   *
   * @param exitCode null if that is not why it is taken back
   */
  OptionalInt rollBack(Child ended, String reason, @Nullable Integer exitCode)
      throws InterruptedException {
    Commit commit = ended.release().commit();
    Diagnostics.say("the release " + commit + " did not come up: " + reason);
    boolean followed = releases.isFollowed();
    Release known = launcher.reloads().rollBack(reason, exitCode, ended.piped().lastLines());
    launcher.reloads().forgetPhases();
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
    Optional<ServiceInstance> ended = instances.ended();
    if (ended.isPresent()) {
      OptionalInt end = before.endLeftovers(ended.get().child());
      if (end.isPresent()) {
        return end;
      }
    }
    long now = System.nanoTime();
    Child child;
    try {
      launcher.hold().starts(now);
      child = launcher.spawner().start(release, isNew, instances.lastStarted());
    } catch (IOException cannotStart) {
      Diagnostics.say(Diagnostics.reason(cannotStart));
      return cannotStart(release, failed, isNew, Diagnostics.reason(cannotStart));
    }
    ServiceInstance started = new ServiceInstance(launcher, child, now);
    instances.started(started);
    vitals.started(launcher.spawner().attempt(), ended.isEmpty() ? null : reason(failed));
    crashed = false;
    launcher.reloads().pass(Phase.STARTED);
    if (isNew || failed.isPresent()) {
      started.watch().watch(failed, now);
    }
    started.watch().ask();
    launcher.reloads().writePhases();
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
      Release known = launcher.reloads().rollBack(reason, null, List.of());
      return startKnown(known, Optional.of(release.commit()));
    }
    return !releases.isImage(release) && (failed.isPresent() || releases.lost())
        ? startKnown(releases.backToImage(), failed)
        : OptionalInt.of(CANNOT_START);
  }
}
