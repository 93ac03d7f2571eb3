package dev.fastdeploy.agent.reload.module.leftovers.app;

/** Compares records whose components are its own. */
public final class RecordApp implements Runnable {

  @Override
  public void run() {
    Component component = new Component();
    if (!new Pair(component, 1).equals(new Pair(component, 1))) {
      throw new IllegalStateException("records do not compare");
    }
  }

  private record Pair(Component component, int number) {}

  private static final class Component {}
}
