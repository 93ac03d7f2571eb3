package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Leaves its own in thread locals of the thread that it was called on. */
public final class ThreadLocalApp implements Runnable {

  private static final ThreadLocal<ThreadLocalApp> OWN = new ThreadLocal<>();
  private static final ThreadLocal<Object> INHERITABLE = new InheritableThreadLocal<>();

  @Override
  public void run() {
    OWN.set(this);
    INHERITABLE.set(new Object[] {this});
  }
}
