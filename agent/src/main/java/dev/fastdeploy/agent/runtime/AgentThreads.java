package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.Diagnostics;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the agent's threads. They are daemons that the application can recognise by name, inherit
 * none of its thread locals, and see the payload's classes. A failure in one is reported in a line
 * and never reaches the application's own handler, which might end the JVM.
 */
final class AgentThreads {

  private static final String PREFIX = "fastdeploy-";

  private static final byte[] NO_MEMORY =
      Diagnostics.prepared(
          "a thread of the agent ended for lack of memory; raise -XX:MaxMetaspaceSize or -Xmx");

  private AgentThreads() {}

  /** Returns a factory of threads with one name. */
  static ThreadFactory named(String name) {
    return task -> thread(name, task);
  }

  /** Starts a thread. */
  static Thread start(String name, Runnable task) {
    Thread thread = thread(name, task);
    thread.start();
    return thread;
  }

  /** Returns an executor that starts a thread for each task, for tasks that are rare and slow. */
  static Executor starting(String name) {
    return task -> thread(name, task).start();
  }

  /** Returns a thread that is not started. */
  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, PREFIX + name, 0, false);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(AgentThreads::say);
    thread.setContextClassLoader(AgentThreads.class.getClassLoader());
    return thread;
  }

  /**
   * Runs the failure path once to load everything it needs: when a lack of memory ends a thread,
   * nothing more can be loaded.
   */
  static void prepareForFailures() {
    String unused = ended(Thread.currentThread(), new OutOfMemoryError("Metaspace"));
  }

  private static void say(Thread thread, Throwable failure) {
    try {
      Diagnostics.say(ended(thread, failure));
    } catch (Throwable another) {
      Diagnostics.sayPrepared(NO_MEMORY);
    }
  }

  private static String ended(Thread thread, Throwable failure) {
    return "the thread " + thread.getName() + " ended: " + reason(failure);
  }

  private static String reason(Throwable failure) {
    String reason = Diagnostics.reason(failure);
    String name = failure.getClass().getSimpleName();
    return reason.startsWith(name) ? reason : name + ": " + reason;
  }
}
