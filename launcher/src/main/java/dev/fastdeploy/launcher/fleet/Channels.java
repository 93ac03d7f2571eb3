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
 * The channels that may still have work to do. Opening or closing one costs the same however many
 * others there are: closed channels are forgotten in order as they end. Thread-safe.
 */
final class Channels {

  private final Set<ManagedChannel> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<ManagedChannel> ending = new ArrayDeque<>();

  /** Adds a channel that was opened. */
  synchronized void add(ManagedChannel channel) {
    forgetEnded();
    open.add(channel);
  }

  /** Ends a channel and everything under way on it, at once. */
  void close(ManagedChannel channel) {
    synchronized (this) {
      forgetEnded();
      if (open.remove(channel)) {
        ending.add(channel);
      }
    }
    // A listener for the end may call back here.
    channel.shutdownNow();
  }

  /**
   * Ends all channels.
   *
   * @param patience how long to wait for them to end
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

  /** Returns the number of channels not known to have ended. */
  synchronized int size() {
    return open.size() + ending.size();
  }

  private void forgetEnded() {
    while (!ending.isEmpty() && ending.element().isTerminated()) {
      ending.remove();
    }
  }
}
