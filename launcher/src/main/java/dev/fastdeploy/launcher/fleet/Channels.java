package dev.fastdeploy.launcher.fleet;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The channels that may still have something to do. To open or close one costs the same however
 * many others there are: those that were closed are forgotten in that order, as they end.
 * Thread-safe.
 */
final class Channels {

  private final Set<ManagedChannel> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<ManagedChannel> ending = new ArrayDeque<>();

  /** One was opened. */
  synchronized void add(ManagedChannel channel) {
    forgetEnded();
    open.add(channel);
  }

  /** Ends one, at once, and what is under way on it. */
  void close(ManagedChannel channel) {
    synchronized (this) {
      forgetEnded();
      if (open.remove(channel)) {
        ending.add(channel);
      }
    }
    // What hears of the end may call back here.
    channel.shutdownNow();
  }

  /**
   * Ends all.
   *
   * @param patience how long their ends are waited for
   */
  void closeAll(Duration patience) {
    List<ManagedChannel> all;
    synchronized (this) {
      ending.addAll(open);
      open.clear();
      all = new ArrayList<>(ending);
    }
    all.forEach(ManagedChannel::shutdownNow);
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (ManagedChannel channel : all) {
        channel.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many are not known to have ended. */
  synchronized int size() {
    return open.size() + ending.size();
  }

  private void forgetEnded() {
    while (!ending.isEmpty() && ending.element().isTerminated()) {
      ending.remove();
    }
  }
}
