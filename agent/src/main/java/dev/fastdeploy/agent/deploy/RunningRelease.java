package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import org.jspecify.annotations.Nullable;

/** The commit whose code this process runs. It changes only by a reload in place. Thread-safe. */
public final class RunningRelease {

  private final @Nullable Commit started;
  private volatile @Nullable Commit commit;
  private volatile @Nullable Commit files;

  /**
   * @param started the commit that the process was started from; null if not known, as without a
   *     launcher
   */
  public RunningRelease(@Nullable Commit started) {
    this.started = started;
    this.commit = started;
    this.files = started;
  }

  /**
   * Returns the commit that the process was started from. Its files stay open as long as the JVM
   * lives.
   */
  @Nullable Commit started() {
    return started;
  }

  /** Returns the commit that runs now. */
  @Nullable Commit commit() {
    return commit;
  }

  /** Returns the commit from whose files the running code was loaded, and still is. */
  @Nullable Commit files() {
    return files;
  }

  /**
   * Notes that another commit's code runs from now on.
   *
   * @param newFiles true if its classes come from its own files
   */
  void becomes(Commit next, boolean newFiles) {
    commit = next;
    if (newFiles) {
      files = next;
    }
  }
}
