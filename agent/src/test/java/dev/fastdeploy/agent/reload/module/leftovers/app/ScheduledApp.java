package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Schedules what is to run in an hour. */
public final class ScheduledApp implements Runnable {

  private static final ScheduledExecutorService POOL = Executors.newScheduledThreadPool(1);

  @Override
  public void run() {
    ScheduledFuture<?> unused = POOL.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.HOURS);
  }
}
