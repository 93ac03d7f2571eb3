package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/** Blocks the common pool, and lets more of the same wait. */
public final class CommonPoolApp implements Runnable {

  @Override
  public void run() {
    for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism() + 2; i++) {
      CompletableFuture<Void> unused = CompletableFuture.runAsync(CommonPoolApp::block);
    }
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      // The next task blocks the thread again.
    }
  }
}
