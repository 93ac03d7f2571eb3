package dev.fastdeploy.launcher.supervisor.health;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Holds the latest snapshot: the supervisor's thread writes it, any other reads it. */
public final class SnapshotBoard implements Consumer<HealthSnapshot>, Supplier<HealthSnapshot> {

  private volatile HealthSnapshot latest;

  /**
   * @param launcherStartMillis the start of the launcher, UTC
   */
  public SnapshotBoard(long launcherStartMillis) {
    latest = HealthSnapshot.initial(launcherStartMillis);
  }

  @Override
  public void accept(HealthSnapshot snapshot) {
    latest = snapshot;
  }

  @Override
  public HealthSnapshot get() {
    return latest;
  }
}
