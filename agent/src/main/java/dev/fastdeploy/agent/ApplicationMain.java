package dev.fastdeploy.agent;

/**
 * What the stub in place of an application's main class calls: runs the application's {@code main}
 * in a module. Bytecode refers to it by name: see {@code MainStub}.
 */
public final class ApplicationMain {

  private ApplicationMain() {}

  /**
   * Runs it on this thread and returns when it does.
   *
   * @throws Throwable what the application's {@code main} throws
   */
  public static void run(String[] arguments) throws Throwable {
    if (ApplicationCalls.tell("main", (Object) arguments) instanceof Throwable thrown) {
      throw thrown;
    }
  }
}
