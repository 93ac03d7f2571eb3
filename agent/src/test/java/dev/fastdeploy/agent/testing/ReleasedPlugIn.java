package dev.fastdeploy.agent.testing;

/** A plug-in of {@link ReleasedApplication}, in a jar that its class path does not have. */
public final class ReleasedPlugIn implements Runnable {

  public ReleasedPlugIn() {}

  @Override
  public void run() {
    ClassLoader application = ReleasedApplication.class.getClassLoader();
    ReleasedApplication.plugInSays(
        ClassLoader.getSystemClassLoader() == application ? "at home" : "in a strange JVM");
  }
}
