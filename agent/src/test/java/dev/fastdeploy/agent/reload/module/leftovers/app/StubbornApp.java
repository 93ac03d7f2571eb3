package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.CountDownLatch;

/** Leaves a thread that ends only when its gate is opened. */
public final class StubbornApp implements Runnable {

  @Override
  public void run() {
    Thread thread = new Thread(StubbornApp::block, "app-stubborn");
    thread.setDaemon(true);
    thread.start();
  }

  private static void block() {
    CountDownLatch gate = new CountDownLatch(1);
    System.getProperties().put("lab.gate", (Runnable) gate::countDown);
    boolean open = false;
    while (!open) {
      try {
        gate.await();
        open = true;
      } catch (InterruptedException ignored) {
        // Stubborn.
      }
    }
    System.getProperties().remove("lab.gate");
  }
}
