package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Registers a shutdown hook. */
public final class HookApp implements Runnable {

  @Override
  public void run() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> System.setProperty("lab.hook", "ran"), "app-hook"));
  }
}
