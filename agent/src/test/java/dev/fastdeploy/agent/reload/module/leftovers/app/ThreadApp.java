package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.CountDownLatch;

/** Leaves a thread waiting. */
public final class ThreadApp implements Runnable {

  @Override
  public void run() {
    Thread thread = new Thread(ThreadApp::block, "app-thread");
    thread.setDaemon(true);
    thread.start();
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      // The end.
    }
  }
}
