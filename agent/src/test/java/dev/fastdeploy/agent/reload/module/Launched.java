package dev.fastdeploy.agent.reload.module;

/** What stands in for Spring Boot's loader. */
public final class Launched {

  private Launched() {}

  public static void main(String[] arguments) {
    System.out.println("launched");
  }
}
