package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Makes a thread group of its own. */
public final class ThreadGroupApp implements Runnable {

  @Override
  public void run() {
    new Group().getName();
  }

  private static final class Group extends ThreadGroup {
    Group() {
      super("app-group");
    }
  }
}
