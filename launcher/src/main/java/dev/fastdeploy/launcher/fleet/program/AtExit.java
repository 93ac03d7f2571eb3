package dev.fastdeploy.launcher.fleet.program;

import java.io.IOException;

/** Actions that run when this process ends, unless they are removed before. */
public final class AtExit {

  private AtExit() {}

  /**
   * Runs an action at the end.
   *
   * @throws IOException if the process is already ending
   */
  public static void add(Thread hook) throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      throw new IOException("fastdeploy is ending", ending);
    }
  }

  /** Removes an action. */
  public static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It is running.
    }
  }
}
