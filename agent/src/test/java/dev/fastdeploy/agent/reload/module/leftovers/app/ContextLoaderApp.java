package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Leaves its loader with the thread that it was called on. */
public final class ContextLoaderApp implements Runnable {

  @Override
  public void run() {
    System.getProperties().put("lab.keep.context", "yes");
  }
}
