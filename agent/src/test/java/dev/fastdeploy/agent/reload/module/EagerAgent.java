package dev.fastdeploy.agent.reload.module;

/** Another agent, which loads the class that its argument names. */
public final class EagerAgent {

  private EagerAgent() {}

  public static void premain(String type) throws ClassNotFoundException {
    Class.forName(type, false, ClassLoader.getSystemClassLoader());
  }
}
