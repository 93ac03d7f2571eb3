package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/** Leaves a timer running. */
public final class TimerApp implements Runnable {

  @Override
  public void run() {
    new Timer("app-timer", true)
        .schedule(
            new TimerTask() {
              @Override
              public void run() {}
            },
            TimeUnit.HOURS.toMillis(1));
  }
}
