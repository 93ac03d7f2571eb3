package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.CountDownLatch;

/** Leaves a virtual thread waiting. */
public final class VirtualThreadApp implements Runnable {

  @Override
  public void run() {
    try {
      Runnable task = VirtualThreadApp::block;
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void block() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      // The end.
    }
  }
}
