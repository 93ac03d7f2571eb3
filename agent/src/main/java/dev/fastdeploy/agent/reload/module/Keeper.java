package dev.fastdeploy.agent.reload.module;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive during a reload. The JVM ends with its last non-daemon thread, and between
 * two releases there may be none. Thread-safe.
 */
final class Keeper {

  /** The name of its thread. */
  static final String THREAD = "fastdeploy-keeper";

  private @Nullable CountDownLatch held;

  /** Keeps the JVM from ending by itself from now on. */
  synchronized void hold() {
    if (held == null) {
      CountDownLatch latch = new CountDownLatch(1);
      Thread thread = new Thread(null, () -> await(latch), THREAD, 0, false);
      thread.setDaemon(false);
      thread.setContextClassLoader(Keeper.class.getClassLoader());
      thread.start();
      held = latch;
    }
  }

  /** Lets it end by itself from now on. */
  synchronized void release() {
    if (held != null) {
      held.countDown();
      held = null;
    }
  }

  private static void await(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException notOurs) {
        // An application that interrupts every thread does not end this one.
      }
    }
  }
}
