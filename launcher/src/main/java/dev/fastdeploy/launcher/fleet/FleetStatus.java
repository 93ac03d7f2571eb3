package dev.fastdeploy.launcher.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Asks many instances what they run. One thread uses it. */
public final class FleetStatus {

  /** Handshakes are dear: thousands at once make all of them late. */
  private static final int AT_ONCE = 200;

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
              answer.complete(InstanceView.failed(target, failure));
              client.close();
              free.release();
            }));
    return answer;
  }

  /**
   * Tells each instance's status now and after each change, until the thread is interrupted. Of an
   * instance that does not answer, or no more, that is told once; it is asked again after a pause,
   * which grows.
   */
  public void watch(Consumer<InstanceView> listener) throws InterruptedException {
    new FleetWatch(clients, listener).run(targets);
  }
}
