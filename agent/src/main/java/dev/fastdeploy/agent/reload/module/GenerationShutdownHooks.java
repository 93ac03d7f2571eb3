package dev.fastdeploy.agent.reload.module;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The shutdown hooks of one generation. They behave as the JVM's own: they run at once, once and
 * all at the same time. Thread-safe.
 */
final class GenerationShutdownHooks {

  private final Set<Thread> hooks = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean begun;

  /** As {@link Runtime#addShutdownHook}. */
  synchronized void add(Thread hook) {
    if (begun) {
      throw new IllegalStateException("Shutdown in progress");
    }
    if (hooks.contains(hook)) {
      throw new IllegalArgumentException("Hook previously registered");
    }
    if (hook.isAlive()) {
      throw new IllegalArgumentException("Hook already running");
    }
    hooks.add(hook);
  }

  /** As {@link Runtime#removeShutdownHook}. */
  synchronized boolean remove(Thread hook) {
    if (begun) {
      throw new IllegalStateException("Shutdown in progress");
    }
    if (hook == null) {
      throw new NullPointerException();
    }
    return hooks.remove(hook);
  }

  /** Starts them all, unless that was done before. No further one can be added. */
  private synchronized List<Thread> begin() {
    if (!begun) {
      begun = true;
      hooks.forEach(Thread::start);
    }
    return List.copyOf(hooks);
  }

  /**
   * Runs them, or waits for those that run already.
   *
   * @param limit how long they may take
   * @return those that have not ended by then
   */
  List<Thread> run(Duration limit) throws InterruptedException {
    List<Thread> late = new ArrayList<>();
    long deadline = System.nanoTime() + limit.toNanos();
    for (Thread hook : begin()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left > 0) {
        hook.join(left);
      }
      if (hook.isAlive()) {
        late.add(hook);
      }
    }
    return late;
  }

  /** Runs them as the JVM does at its end: however long they take. */
  void runToTheEnd() {
    begin().forEach(GenerationShutdownHooks::awaitEnd);
  }

  @SuppressWarnings("ThreadJoinLoop") // What it recommends is of a library.
  private static void awaitEnd(Thread hook) {
    while (true) {
      try {
        hook.join();
        return;
      } catch (InterruptedException ignored) {
        // The JVM does not give up at this either.
      }
    }
  }
}
