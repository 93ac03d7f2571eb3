package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.Timer;

/** Keeps a timer that has nothing to do. */
public final class IdleTimerApp implements Runnable {

  private static final Timer TIMER = new Timer("app-idle-timer", true);

  @Override
  public void run() {
    TIMER.purge();
  }
}
