package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.launcher.supervisor.event.StopRequest;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.health.HealthSnapshot;
import java.util.function.Consumer;

/** Publishes what is known of the instance, and says once why it is dead. */
@SupervisorThread
final class SnapshotTeller {

  private final boolean answersHealth;
  private final ServiceInstances instances;
  private final StopRequest stop;
  private final Vitals vitals;
  private final Consumer<HealthSnapshot> told;
  private boolean saidDead;

  /**
   * @param answersHealth whether the platform can ask {@code /live}
   */
  SnapshotTeller(
      boolean answersHealth,
      ServiceInstances instances,
      StopRequest stop,
      Vitals vitals,
      Consumer<HealthSnapshot> told) {
    this.answersHealth = answersHealth;
    this.instances = instances;
    this.stop = stop;
    this.vitals = vitals;
    this.told = told;
  }

  /** Publishes the state at a time of the instance that was started last. */
  void tell(long now) {
    instances.last().ifPresent(instance -> tell(instance, now));
  }

  private void tell(ServiceInstance instance, long now) {
    Child child = instance.child();
    Watched watched = instance.watch().watched();
    boolean isNew = watched != null && watched.isNewRelease();
    ServiceCondition condition =
        new ServiceCondition(
            child.state(),
            stop.requested(),
            isNew || child.onProbationInPlace(),
            watched != null && !isNew);
    HealthSnapshot snapshot =
        vitals.snapshot(condition, instance.readiness(), child.release().commit().id(), now);
    sayOnceIfDead(snapshot.deadBecause());
    told.accept(snapshot);
  }

  /** Says it in the log too: its readers want to know why the platform replaced a container. */
  private void sayOnceIfDead(String reason) {
    if (!reason.isEmpty() && !saidDead) {
      Diagnostics.say(reason + (answersHealth ? "; /live answers 503" : ""));
    }
    saidDead = !reason.isEmpty();
  }
}
