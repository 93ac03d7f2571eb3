package dev.fastdeploy.agent.reload.module;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The shutdown hooks of one generation. They behave like the JVM's own: all of them run once, at
 * the same time. Thread-safe.
 */
final class GenerationShutdownHooks {

  private final Set<Thread> hooks = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean begun;

  /** Does what {@link Runtime#addShutdownHook} does. */
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

  /** Does what {@link Runtime#removeShutdownHook} does. */
  synchronized boolean remove(Thread hook) {
    if (begun) {
      throw new IllegalStateException("Shutdown in progress");
    }
    if (hook == null) {
      throw new NullPointerException();
    }
    return hooks.remove(hook);
  }

  /** Starts them all, unless that has been done. No more can be added. */
  private synchronized List<Thread> begin() {
    if (!begun) {
      begun = true;
      hooks.forEach(Thread::start);
    }
    return List.copyOf(hooks);
  }

  /**
   * Runs them, or waits for those that are already running.
   *
   * @param limit the longest time that they may take
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

  /** Runs them as the JVM does at its end, however long they take. */
  void runToTheEnd() {
    begin().forEach(GenerationShutdownHooks::awaitEnd);
  }

  @SuppressWarnings("ThreadJoinLoop") // Its recommendation needs a library.
  private static void awaitEnd(Thread hook) {
    while (true) {
      try {
        hook.join();
        return;
      } catch (InterruptedException ignored) {
        // The JVM does not give up on this either.
      }
    }
  }
}
