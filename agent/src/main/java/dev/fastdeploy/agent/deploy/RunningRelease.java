package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import org.jspecify.annotations.Nullable;

/** Which commit's code this process runs. It changes only by a reload in place. Thread-safe. */
public final class RunningRelease {

  private final @Nullable Commit started;
  private volatile @Nullable Commit commit;
  private volatile @Nullable Commit files;

  /**
   * @param started the commit that the process was started from; unknown without a launcher
   */
  public RunningRelease(@Nullable Commit started) {
    this.started = started;
    this.commit = started;
    this.files = started;
  }

  /** The commit that the process was started from: its files stay open as long as the JVM lives. */
  @Nullable Commit started() {
    return started;
  }

  /** The commit that runs now. */
  @Nullable Commit commit() {
    return commit;
  }

  /** The commit whose files the running code was loaded from, and is still loaded from. */
  @Nullable Commit files() {
    return files;
  }

  /**
   * Another commit's code runs from now on.
   *
   * @param newFiles whether its classes come from its own files
   */
  void becomes(Commit next, boolean newFiles) {
    commit = next;
    if (newFiles) {
      files = next;
    }
  }
}
