package dev.fastdeploy.agent.runtime;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the thread of the control endpoint's event loop, and tells when it has ended: nothing of
 * the endpoint works without it.
 */
final class EndpointThread implements ThreadFactory {

  private final Runnable ended;

  /**
   * @param ended runs at the end of the thread, on it
   */
  EndpointThread(Runnable ended) {
    this.ended = ended;
  }

  @Override
  public Thread newThread(Runnable task) {
    return AgentThreads.thread("io", new Loop(task, ended));
  }

  private record Loop(Runnable task, Runnable ended) implements Runnable {

    @Override
    public void run() {
      try {
        task.run();
      } finally {
        ended.run();
      }
    }
  }
}
