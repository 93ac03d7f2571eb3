package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has a future time out in an hour. */
public final class DelayedCompletionApp implements Runnable {

  @Override
  public void run() {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<String> unused =
        future.whenComplete((value, failure) -> System.setProperty("lab.never", value));
    future.orTimeout(1, TimeUnit.HOURS);
  }
}
