package dev.fastdeploy.agent.reload.module.leftovers.app;

import java.lang.ref.Cleaner;

/** Keeps an object that a cleaner waits for. */
public final class CleanerApp implements Runnable {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Object OBJECT = new Object();

  @Override
  public void run() {
    CLEANER.register(OBJECT, () -> System.setProperty("lab.cleaned", "yes"));
  }
}
