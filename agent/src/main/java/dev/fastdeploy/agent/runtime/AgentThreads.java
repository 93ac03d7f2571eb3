package dev.fastdeploy.agent.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the agent's threads: daemons that the application can tell by their name, that take over no
 * thread locals of it and see the payload's classes.
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
    thread.setContextClassLoader(AgentThreads.class.getClassLoader());
    return thread;
  }
}
