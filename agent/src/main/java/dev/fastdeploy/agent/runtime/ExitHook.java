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
  private volatile boolean ran;

  private ExitHook(JvmExit exit) {
    this.exit = exit;
  }

  /**
   * Registers the hook.
   *
   * @throws IllegalStateException if the JVM is exiting already
   */
  static ExitHook register(JvmExit exit) {
    StopClasses.load();
    AgentThreads.prepareForFailures();
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

  /** Whether the JVM is ending. Does not wait for what is being closed. */
  boolean hasBegun() {
    return ran;
  }

  private void run() {
    ran = true;
    closeAll();
  }

  private synchronized void closeAll() {
    try {
      exit.ending();
    } catch (Throwable failure) {
      sayWhy(failure);
    }
    // No lambda: a JVM without memory can link none at its end.
    for (AutoCloseable resource : resources) {
      close(resource);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable failure) {
      sayWhy(failure);
    }
  }

  /** What is not closed makes the exit slower, and must not keep anything else from its end. */
  private static void sayWhy(Throwable failure) {
    try {
      Diagnostics.say("at the exit: " + Diagnostics.reason(failure));
    } catch (Throwable another) {
      // There may be no memory for a line.
    }
  }
}
