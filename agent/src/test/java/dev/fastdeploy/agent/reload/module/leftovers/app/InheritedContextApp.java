package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Is the first to need a thread that the JDK then keeps for all. */
public final class InheritedContextApp implements Runnable {

  @Override
  public void run() {
    CompletableFuture.completedFuture("")
        .thenCompose(text -> new CompletableFuture<String>())
        .completeOnTimeout("", 1, TimeUnit.MILLISECONDS)
        .join();
  }
}
