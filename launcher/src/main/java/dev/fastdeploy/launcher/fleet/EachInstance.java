package dev.fastdeploy.launcher.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Asks many instances the same thing once. One thread uses it. */
final class EachInstance {

  /** Handshakes are expensive: thousands at once make all of them late. */
  private static final int AT_ONCE = 200;

  private final InstanceClients clients;
  private final List<Target> targets;

  EachInstance(InstanceClients clients, List<Target> targets) {
    this.clients = clients;
    this.targets = targets;
  }

  /**
   * Asks all instances and waits for their answers.
   *
   * @param call the question, with a deadline of its own
   * @param answered turns an answer into a result
   * @param failed turns a failure into a result
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
                // Has no effect after an answer.
                result.complete(failed.apply(target, end));
                client.close();
                free.release();
              }));
      results.add(result);
    }
    return results.stream().map(CompletableFuture::join).toList();
  }
}
