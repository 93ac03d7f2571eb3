package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Gives the thread that it was called on a handler of its own. */
public final class UncaughtHandlerApp implements Runnable {

  @Override
  public void run() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
  }
}
