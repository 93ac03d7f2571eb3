package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Keeps a pool whose thread is idle. */
public final class ExecutorApp implements Runnable {

  private static final ExecutorService POOL = Executors.newFixedThreadPool(1);

  @Override
  public void run() {
    POOL.execute(() -> {});
  }
}
