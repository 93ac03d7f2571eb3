package dev.fastdeploy.agent;

/**
 * Runs the application's {@code main} in a module. Called by the stub that replaces the
 * application's main class, whose bytecode refers to it by name: see {@code MainStub}.
 */
public final class ApplicationMain {

  private ApplicationMain() {}

  /**
   * Runs it on this thread, and returns when it returns.
   *
   * @throws Throwable if the application's {@code main} throws it
   */
  public static void run(String[] arguments) throws Throwable {
    if (ApplicationCalls.tell("main", (Object) arguments) instanceof Throwable thrown) {
      throw thrown;
    }
  }
}
