package dev.fastdeploy.launcher.fleet.program;

import java.io.IOException;

/** What is done when this process ends, as long as it is not forgotten. */
public final class AtExit {

  private AtExit() {}

  /**
   * Has it done at the end.
   *
   * @throws IOException if the process ends already
   */
  public static void add(Thread hook) throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      throw new IOException("fastdeploy ends", ending);
    }
  }

  /** Forgets it. */
  public static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It runs.
    }
  }
}
