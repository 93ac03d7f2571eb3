package dev.fastdeploy.benchmarks.fleet;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes one thread at a time, for a pool that asks for more: a machine that plays thousands of
 * instances has not the threads of thousands of machines. Thread-safe.
 */
final class OneThread implements ThreadFactory {

  private final String name;
  private @Nullable Thread made;

  private OneThread(String name) {
    this.name = name;
  }

  static OneThread named(String name) {
    return new OneThread(name);
  }

  /** Returns null, which a pool takes for a thread that could not be made. */
  @Override
  @SuppressWarnings("NullAway") // The interface allows it and is not annotated.
  public synchronized @Nullable Thread newThread(Runnable task) {
    Thread before = made;
    if (before != null && before.getState() != Thread.State.TERMINATED) {
      return null;
    }
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    made = thread;
    return thread;
  }
}
