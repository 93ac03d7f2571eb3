package dev.fastdeploy.launcher.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Asks many instances the same thing once. One thread uses it. */
final class EachInstance {

  /** Handshakes are dear: thousands at once make all of them late. */
  private static final int AT_ONCE = 200;

  private final InstanceClients clients;
  private final List<Target> targets;

  EachInstance(InstanceClients clients, List<Target> targets) {
    this.clients = clients;
    this.targets = targets;
  }

  /**
   * Asks, and waits for all.
   *
   * @param call what is asked; it has a deadline of its own
   * @param answered makes a result of an answer
   * @param failed makes one where none came
   * @return the results in the order of the targets
   */
  <A, R> List<R> ask(
      BiConsumer<InstanceClient, InstanceClient.Answer<A>> call,
      BiFunction<Target, A, R> answered,
      BiFunction<Target, CallFailure, R> failed)
      throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    List<CompletableFuture<R>> results = new ArrayList<>();
    for (Target target : targets) {
      free.acquire();
      CompletableFuture<R> result = new CompletableFuture<>();
      InstanceClient client = clients.open(target);
      call.accept(
          client,
          new InstanceClient.Answer<>(
              answer -> result.complete(answered.apply(target, answer)),
              end -> {
                // After an answer it changes nothing.
                result.complete(failed.apply(target, end));
                client.close();
                free.release();
              }));
      results.add(result);
    }
    return results.stream().map(CompletableFuture::join).toList();
  }
}
