package dev.fastdeploy.agent.runtime;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the thread of the control endpoint's event loop, and tells when it has ended: nothing of
 * the endpoint works without it. Thread-safe.
 */
final class EndpointThread implements ThreadFactory {

  private final Runnable lost;
  private boolean listens;
  private boolean ended;

  /**
   * @param lost runs once the endpoint listened and its thread has ended, on whichever thread knows
   *     that first
   */
  EndpointThread(Runnable lost) {
    this.lost = lost;
  }

  @Override
  public Thread newThread(Runnable task) {
    return AgentThreads.thread("io", new Loop(task, this));
  }

  /**
   * The endpoint listens, and that was told. An end of the thread before was a start that failed,
   * which whoever starts it tells, or came in between, and is told now.
   */
  synchronized void listens() {
    listens = true;
    tellOnceLost();
  }

  private synchronized void ended() {
    ended = true;
    tellOnceLost();
  }

  private void tellOnceLost() {
    if (listens && ended) {
      lost.run();
    }
  }

  private record Loop(Runnable task, EndpointThread thread) implements Runnable {

    @Override
    public void run() {
      try {
        task.run();
      } finally {
        thread.ended();
      }
    }
  }
}
