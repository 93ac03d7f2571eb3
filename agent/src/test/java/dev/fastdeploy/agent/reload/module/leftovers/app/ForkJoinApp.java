package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** Keeps a fork-join pool with threads of its own. */
public final class ForkJoinApp implements Runnable {

  private static final ForkJoinPool POOL = new ForkJoinPool(1, Worker::new, null, false);

  @Override
  public void run() {
    POOL.submit(() -> {}).join();
  }

  private static final class Worker extends ForkJoinWorkerThread {
    Worker(ForkJoinPool pool) {
      super(pool);
    }
  }
}
