package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.Diagnostics;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the agent's threads: daemons that the application can tell by their name, that take over no
 * thread locals of it and see the payload's classes. What fails in one is said in a line, and never
 * reaches the application's own handler, which may well end the JVM.
 */
final class AgentThreads {

  private static final String PREFIX = "fastdeploy-";

  private static final byte[] NO_MEMORY =
      Diagnostics.prepared(
          "a thread of the agent ended for lack of memory; raise -XX:MaxMetaspaceSize or -Xmx");

  private AgentThreads() {}

  /** Makes threads of one name. */
  static ThreadFactory named(String name) {
    return task -> thread(name, task);
  }

  /** Starts a thread. */
  static Thread start(String name, Runnable task) {
    Thread thread = thread(name, task);
    thread.start();
    return thread;
  }

  /** Starts a thread for each task: for what is done rarely and takes long. */
  static Executor starting(String name) {
    return task -> thread(name, task).start();
  }

  /** A thread that is not started. */
  static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(null, task, PREFIX + name, 0, false);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(AgentThreads::say);
    thread.setContextClassLoader(AgentThreads.class.getClassLoader());
    return thread;
  }

  /**
   * Goes the way of a failure once, so that all is loaded that it takes: where memory ends a
   * thread, nothing more can be loaded.
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
