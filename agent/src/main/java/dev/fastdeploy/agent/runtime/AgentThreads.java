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

  private static void say(Thread thread, Throwable failure) {
    Diagnostics.say("the thread " + thread.getName() + " ended: " + reason(failure));
  }

  private static String reason(Throwable failure) {
    String reason = Diagnostics.reason(failure);
    String name = failure.getClass().getSimpleName();
    return reason.startsWith(name) ? reason : name + ": " + reason;
  }
}
