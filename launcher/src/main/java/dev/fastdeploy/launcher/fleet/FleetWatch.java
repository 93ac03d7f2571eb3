package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.InstanceStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what instances run, and asks lost ones again after a pause that grows. Used once, by one
 * thread.
 */
final class FleetWatch {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final InstanceClients clients;
  private final Consumer<InstanceView> listener;
  private final BlockingQueue<Watched> heard = new LinkedBlockingQueue<>();
  private final Map<Target, InstanceClient> open = new HashMap<>();
  private final Map<Target, InstanceView> last = new HashMap<>();
  private final Map<Target, Duration> pauses = new HashMap<>();
  private final PriorityQueue<Attempt> attempts =
      new PriorityQueue<>(Comparator.comparingLong(Attempt::atNanos));
  private final long beganNanos = System.nanoTime();

  FleetWatch(InstanceClients clients, Consumer<InstanceView> listener) {
    this.clients = clients;
    this.listener = listener;
  }

  /** Reports each view that differs from the one before, until the thread is interrupted. */
  void run(List<Target> targets) throws InterruptedException {
    try {
      targets.forEach(this::connect);
      while (true) {
        Watched next = nextBefore(attempts.peek());
        if (next != null) {
          on(next);
        }
        Attempt due = attempts.peek();
        if (due != null && due.atNanos() <= now()) {
          attempts.remove();
          connect(due.target());
        }
      }
    } finally {
      open.values().forEach(InstanceClient::close);
    }
  }

  private @Nullable Watched nextBefore(@Nullable Attempt attempt) throws InterruptedException {
    return attempt == null
        ? heard.take()
        : heard.poll(Math.max(0, attempt.atNanos() - now()), TimeUnit.NANOSECONDS);
  }

  private void on(Watched watched) {
    Target target = watched.target();
    if (!watched.view().equals(last.put(target, watched.view()))) {
      listener.accept(watched.view());
    }
    if (watched.over()) {
      disconnect(target);
      Duration pause = pauses.getOrDefault(target, FIRST_PAUSE);
      Duration doubled = pause.multipliedBy(2);
      pauses.put(target, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
      attempts.add(new Attempt(now() + pause.toNanos(), target));
    } else {
      pauses.remove(target);
    }
  }

  private void connect(Target target) {
    InstanceClient client = clients.open(target);
    open.put(target, client);
    client.watch(
        new InstanceClient.Answer<InstanceStatus>(
            status -> heard.add(new Watched(target, InstanceViews.of(target, status), false)),
            failure -> heard.add(new Watched(target, InstanceView.failed(target, failure), true))));
  }

  private void disconnect(Target target) {
    InstanceClient client = open.remove(target);
    if (client != null) {
      client.close();
    }
  }

  private long now() {
    return System.nanoTime() - beganNanos;
  }

  /** A view, and whether it is the last one on its connection. */
  private record Watched(Target target, InstanceView view, boolean over) {}

  /** The time at which a lost instance is asked again. */
  private record Attempt(long atNanos, Target target) {}
}
