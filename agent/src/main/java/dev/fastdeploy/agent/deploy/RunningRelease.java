package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import org.jspecify.annotations.Nullable;

/** Which commit's code this process runs. It changes only by a reload in place. Thread-safe. */
public final class RunningRelease {

  private final @Nullable Commit started;
  private volatile @Nullable Commit commit;

  /**
   * @param started the commit that the process was started from; unknown without a launcher
   */
  public RunningRelease(@Nullable Commit started) {
    this.started = started;
    this.commit = started;
  }

  /** The commit that the process was started from: its files stay open as long as the JVM lives. */
  @Nullable Commit started() {
    return started;
  }

  /** The commit that runs now. */
  @Nullable Commit commit() {
    return commit;
  }

  /** Another commit's code runs from now on. */
  void becomes(Commit next) {
    commit = next;
  }
}
