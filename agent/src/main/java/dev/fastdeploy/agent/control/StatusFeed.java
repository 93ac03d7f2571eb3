package dev.fastdeploy.agent.control;

import dev.fastdeploy.control.v1.InstanceStatus;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the status to the clients that watch, now and after each change. Changes that come faster
 * than they can be sent are merged: a slow client gets the latest status, not all of them.
 * Thread-safe.
 */
final class StatusFeed {

  private final Supplier<InstanceStatus> status;
  private final Executor executor;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final Object publishing = new Object();

  StatusFeed(Supplier<InstanceStatus> status, Executor executor) {
    this.status = status;
    this.executor = executor;
  }

  /** Sends the status to all clients, because it may have changed. */
  void changed() {
    if (!watchers.isEmpty() && due.compareAndSet(false, true)) {
      executor.execute(this::publish);
    }
  }

  /** Adds a client, which is removed when it goes. */
  void add(ServerCallStreamObserver<InstanceStatus> client) {
    Watcher watcher = new Watcher(client);
    client.setOnCancelHandler(() -> watchers.remove(watcher));
    client.setOnReadyHandler(watcher::send);
    watchers.add(watcher);
    if (client.isCancelled()) {
      watchers.remove(watcher);
    }
    synchronized (publishing) {
      watcher.offer(status.get());
    }
  }

  private void publish() {
    due.set(false);
    synchronized (publishing) {
      InstanceStatus now = status.get();
      watchers.forEach(watcher -> watcher.offer(now));
    }
  }

  private static final class Watcher {

    private final ServerCallStreamObserver<InstanceStatus> client;
    private @Nullable InstanceStatus latest;
    private @Nullable InstanceStatus sent;

    Watcher(ServerCallStreamObserver<InstanceStatus> client) {
      this.client = client;
    }

    synchronized void offer(InstanceStatus status) {
      latest = status;
      send();
    }

    synchronized void send() {
      if (latest != null && !latest.equals(sent) && client.isReady()) {
        sent = latest;
        client.onNext(latest);
      }
    }
  }
}
