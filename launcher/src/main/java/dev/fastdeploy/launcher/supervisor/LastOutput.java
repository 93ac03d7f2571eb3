package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for the last process's output to come out, before the launcher ends. */
@SupervisorThread
final class LastOutput {

  /**
   * The longest delay of the launcher's end by a descendant that holds the service's streams open.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(20);

  private LastOutput() {}

  /**
   * Waits for all of it, unless nobody reads it until a stop is overdue.
   *
   * @param ended the last process; null if nothing was started
   */
  static void finish(@Nullable PipedProcess ended, StopListener listener)
      throws InterruptedException {
    listener.allowAnotherTimeout();
    long silence = PATIENCE.toMillis();
    while (ended != null && !ended.outputEnded() && silence > 0) {
      listener.pause(STEP);
      if (listener.takeIfOverdue()) {
        return;
      }
      if (!ended.outputStalled()) {
        silence -= STEP.toMillis();
      }
    }
  }
}
