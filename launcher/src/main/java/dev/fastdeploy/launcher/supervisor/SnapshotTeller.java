package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.health.InstanceSnapshot;
import java.util.function.Consumer;

/**
 * Tells what is known of the instance, and says once why it is dead. The supervisor's thread alone
 * uses it.
 */
final class SnapshotTeller {

  private final boolean answersHealth;
  private final CurrentProcess process;
  private final StopRequest stop;
  private final ReleaseWatch watch;
  private final Vitals vitals;
  private final Consumer<InstanceSnapshot> told;
  private boolean saidDead;

  /**
   * @param answersHealth whether the platform can ask {@code /live}
   */
  SnapshotTeller(
      boolean answersHealth,
      CurrentProcess process,
      StopRequest stop,
      ReleaseWatch watch,
      Vitals vitals,
      Consumer<InstanceSnapshot> told) {
    this.answersHealth = answersHealth;
    this.process = process;
    this.stop = stop;
    this.watch = watch;
    this.vitals = vitals;
    this.told = told;
  }

  /** Tells how things stand at a time. */
  void tell(long now) {
    Child current = process.child();
    Watched watched = watch.watched();
    boolean isNew = watched != null && watched.isNewRelease();
    Standing standing =
        new Standing(
            current == null ? null : current.state(),
            stop.requested(),
            isNew || (current != null && current.onProbationInPlace()),
            watched != null && !isNew);
    String commit = current == null ? "" : current.release().commit().id();
    InstanceSnapshot snapshot = vitals.snapshot(standing, commit, now);
    sayOnceIfDead(snapshot.deadBecause());
    told.accept(snapshot);
  }

  /** Whoever reads the log of a container that the platform has replaced wants to know why. */
  private void sayOnceIfDead(String reason) {
    if (!reason.isEmpty() && !saidDead) {
      Diagnostics.say(reason + (answersHealth ? "; /live answers 503" : ""));
    }
    saidDead = !reason.isEmpty();
  }
}
