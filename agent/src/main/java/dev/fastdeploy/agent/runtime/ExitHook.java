package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.Diagnostics;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends what the agent has under way when the JVM exits, also by an exit that it did not ask for. A
 * thread that is blocked in native code, in a read or a select, holds up every exit by 300 ms.
 */
final class ExitHook {

  private final JvmExit exit;
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private boolean ran;

  private ExitHook(JvmExit exit) {
    this.exit = exit;
  }

  /**
   * Registers the hook.
   *
   * @throws IllegalStateException if the JVM is exiting already
   */
  static ExitHook register(JvmExit exit) {
    ExitHook hook = new ExitHook(exit);
    Runtime.getRuntime().addShutdownHook(AgentThreads.thread("exit-hook", hook::run));
    return hook;
  }

  /** Has something closed at the exit, before what was added earlier; at once if that is over. */
  synchronized void add(AutoCloseable resource) {
    if (ran) {
      close(resource);
    } else {
      resources.push(resource);
    }
  }

  private synchronized void run() {
    ran = true;
    exit.ending();
    resources.forEach(ExitHook::close);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      Diagnostics.say("at the exit: " + Diagnostics.reason(failure));
    }
  }
}
