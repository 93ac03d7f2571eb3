package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.util.logging.LogManager;

/** Listens to the logging configuration. */
public final class LogListenerApp implements Runnable {

  @Override
  public void run() {
    LogManager.getLogManager()
        .addConfigurationListener(() -> System.setProperty("lab.configured", "yes"));
  }
}
