package dev.fastdeploy.launcher.supervisor.health;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Holds the latest snapshot: the supervisor's thread writes it, any other reads it. */
public final class SnapshotBoard implements Consumer<InstanceSnapshot>, Supplier<InstanceSnapshot> {

  private volatile InstanceSnapshot latest;

  /**
   * @param launcherStartMillis when the launcher was started, UTC
   */
  public SnapshotBoard(long launcherStartMillis) {
    latest = InstanceSnapshot.initial(launcherStartMillis);
  }

  @Override
  public void accept(InstanceSnapshot snapshot) {
    latest = snapshot;
  }

  @Override
  public InstanceSnapshot get() {
    return latest;
  }
}
