package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.TargetsDeployRunner;
import java.time.Duration;

/** Reports what a deploy leaves behind when the command is stopped by Ctrl-C or TERM. */
final class InterruptHook {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Thread thread;

  private InterruptHook(Thread thread) {
    this.thread = thread;
  }

  static InterruptHook install(TargetsDeployRunner runner) {
    Thread thread =
        new Thread(null, () -> runner.interrupt(PATIENCE), "fastdeploy-interrupt", 0, false);
    Runtime.getRuntime().addShutdownHook(thread);
    return new InterruptHook(thread);
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException endingAlready) {
      // It has run, or runs.
    }
  }
}
