package dev.fastdeploy.agent.testing;

/** An agent that makes the JVM say that it is Java 8: an option cannot. */
public final class OlderJava {

  private OlderJava() {}

  public static void premain(String arguments) {
    System.setProperty("java.specification.version", "1.8");
  }
}
