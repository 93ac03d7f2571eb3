package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Leaves nothing. */
public final class NothingApp implements Runnable {

  @Override
  public void run() {}
}
