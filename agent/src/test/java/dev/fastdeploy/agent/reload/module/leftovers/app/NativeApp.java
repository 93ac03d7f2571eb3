package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Loads a native library. */
public final class NativeApp implements Runnable {

  @Override
  public void run() {
    System.load(System.getProperty("lab.native"));
  }
}
