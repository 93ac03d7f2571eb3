package dev.fastdeploy.launcher.supervisor.process;

import dev.fastdeploy.contract.Diagnostics;

/**
 * Starts the launcher's threads: daemons with a small stack. If one ends early, a line says why.
 */
public final class LauncherThreads {

  private static final int STACK = 128 * 1024;

  private LauncherThreads() {}

  /** Starts a thread. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Runs a task on a thread of its own.
     *
     * @throws OutOfMemoryError if no thread can be made: a service may have taken all that the
     *     container allows
     */
    void start(String name, Runnable task);
  }

  /** Starts a thread like {@link Starter#start}. */
  public static void start(String name, Runnable task) {
    Thread thread = new Thread(null, task, "fastdeploy-" + name, STACK, false);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(LauncherThreads::say);
    thread.start();
  }

  /**
   * Says in a line, from now on, what ends any thread of this JVM early, including its main thread
   * and those that were started otherwise. A stack trace would bypass the launcher's log.
   */
  public static void sayWhatEndsAny() {
    Thread.setDefaultUncaughtExceptionHandler(LauncherThreads::say);
  }

  /** Returns the remedy for a user when no thread can be made. */
  public static String remedy(OutOfMemoryError noThread) {
    return Diagnostics.reason(noThread)
        + "; raise the limit of processes (pids of the container, ulimit -u) or its memory";
  }

  private static void say(Thread thread, Throwable failure) {
    Diagnostics.say("the thread " + thread.getName() + " ended: " + Diagnostics.reason(failure));
  }
}
