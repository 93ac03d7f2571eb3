package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.launcher.supervisor.event.StopListener;
import dev.fastdeploy.launcher.supervisor.event.SupervisorThread;
import dev.fastdeploy.launcher.supervisor.process.PipedProcess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for what the last process printed to come out, before the launcher ends. */
@SupervisorThread
final class LastOutput {

  /**
   * A descendant that holds the service's streams open delays the launcher's end by this at most.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(20);

  private LastOutput() {}

  /**
   * Waits for all of it, unless nobody reads it until a stop is overdue.
   *
   * @param ended nothing if nothing was started
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
