package dev.fastdeploy.agent.runtime;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the thread of the control endpoint's event loop, and reports when it has ended: without it
 * nothing of the endpoint works. Thread-safe.
 */
final class EndpointThread implements ThreadFactory {

  private final Runnable lost;
  private boolean listens;
  private boolean ended;

  /**
   * @param lost runs once the endpoint has listened and its thread has ended, on whichever thread
   *     knows that first
   */
  EndpointThread(Runnable lost) {
    this.lost = lost;
  }

  @Override
  public Thread newThread(Runnable task) {
    return AgentThreads.thread("io", new Loop(task, this));
  }

  /**
   * Notes that the endpoint listens, which has been reported. If its thread ended before, either
   * the start failed, which its caller reports, or it ended in between, which is reported now.
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
