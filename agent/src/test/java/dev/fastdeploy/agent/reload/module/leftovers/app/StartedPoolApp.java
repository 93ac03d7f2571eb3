package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.Executor;

/** A pool that has a life cycle of its own, as a web server's. */
public final class StartedPoolApp implements Runnable {

  @Override
  public void run() {
    Pool pool = new Pool();
    new Thread(pool::work, "app-started").start();
  }

  /** Has neither {@code shutdown} nor {@code close}. */
  public static final class Pool implements Executor {
    private boolean stopped;

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    /** Ends it. */
    public synchronized void stop() {
      stopped = true;
      notifyAll();
    }

    private synchronized void work() {
      while (!stopped) {
        try {
          wait();
        } catch (InterruptedException passedOver) {
          // As those do.
        }
      }
    }
  }
}
