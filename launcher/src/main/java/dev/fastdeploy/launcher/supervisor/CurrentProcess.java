package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import org.jspecify.annotations.Nullable;

/**
 * Holds the process of the service that runs now or ran last, and the process whose output comes
 * out before the next one's. Starts nothing. The supervisor's thread alone uses it.
 */
final class CurrentProcess {

  private @Nullable Child child;
  private @Nullable PipedProcess lastStarted;
  private long startedAt;

  /** The service was started, at a time of the monotonic clock in nanoseconds. */
  void started(Child next, long at) {
    child = next;
    startedAt = at;
    lastStarted = next.piped();
  }

  /** A process that is not the service was started, before it. */
  void startedBefore(PipedProcess task) {
    lastStarted = task;
  }

  /** The service's process; nothing before its first start. It may have ended. */
  @Nullable Child child() {
    return child;
  }

  /** Whether the service's process is a given one. */
  boolean isOf(Process process) {
    return child != null && child.process().equals(process);
  }

  /** What was started last, the service or not; nothing if nothing was. */
  @Nullable PipedProcess lastStarted() {
    return lastStarted;
  }

  /** When the service was started, in nanoseconds of the monotonic clock. */
  long startedAt() {
    return startedAt;
  }
}
