package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.InstanceStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks many instances what they run. One thread uses it. */
public final class FleetStatus {

  /** Handshakes are dear: thousands at once make all of them late. */
  private static final int AT_ONCE = 200;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final InstanceClients clients;
  private final List<Target> targets;
  private final Duration deadline;

  /**
   * @param deadline for the answer of each instance
   */
  public FleetStatus(InstanceClients clients, List<Target> targets, Duration deadline) {
    this.clients = clients;
    this.targets = targets;
    this.deadline = deadline;
  }

  /** Asks each instance once; the answers are in the order of the targets. */
  public List<InstanceView> ask() throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    Map<Target, CompletableFuture<InstanceView>> answers = new LinkedHashMap<>();
    for (Target target : targets) {
      free.acquire();
      answers.put(target, askOne(target, free));
    }
    return answers.values().stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<InstanceView> askOne(Target target, Semaphore free) {
    CompletableFuture<InstanceView> answer = new CompletableFuture<>();
    InstanceClient client = clients.open(target);
    client.status(
        deadline,
        new InstanceClient.Answer<>(
            status -> answer.complete(InstanceViews.of(target, status)),
            failure -> {
              answer.complete(InstanceView.failed(target.name(), failure.message()));
              client.close();
              free.release();
            }));
    return answer;
  }

  /**
   * Tells each instance's status now and after each change, until the thread is interrupted. An
   * instance that does not answer is told once and asked again every second.
   */
  public void watch(Consumer<InstanceView> listener) throws InterruptedException {
    BlockingQueue<Watched> heard = new LinkedBlockingQueue<>();
    Map<Target, InstanceClient> open = new HashMap<>();
    Map<Target, InstanceView> last = new HashMap<>();
    try {
      targets.forEach(target -> open.put(target, watchOne(target, heard)));
      Set<Target> lost = new HashSet<>();
      long nextAttempt = System.nanoTime() + PAUSE.toNanos();
      while (true) {
        Watched next =
            heard.poll(Math.max(0, nextAttempt - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (next != null) {
          if (!next.view().equals(last.put(next.target(), next.view()))) {
            listener.accept(next.view());
          }
          if (next.over()) {
            lost.add(next.target());
          }
        } else {
          for (Target target : lost) {
            InstanceClient old = open.put(target, watchOne(target, heard));
            if (old != null) {
              old.close();
            }
          }
          lost.clear();
          nextAttempt = System.nanoTime() + PAUSE.toNanos();
        }
      }
    } finally {
      open.values().forEach(InstanceClient::close);
    }
  }

  private InstanceClient watchOne(Target target, BlockingQueue<Watched> heard) {
    InstanceClient client = clients.open(target);
    client.watch(
        new InstanceClient.Answer<InstanceStatus>(
            status -> heard.add(new Watched(target, InstanceViews.of(target, status), false)),
            failure ->
                heard.add(
                    new Watched(
                        target, InstanceView.failed(target.name(), failure.message()), true))));
    return client;
  }

  /** A view, and whether no other follows on its connection. */
  private record Watched(Target target, InstanceView view, boolean over) {}
}
