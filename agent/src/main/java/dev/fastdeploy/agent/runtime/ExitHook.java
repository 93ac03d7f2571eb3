package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.contract.Diagnostics;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Ends the agent's work when the JVM exits, even if the agent did not ask for the exit. A thread
 * blocked in native code, in a read or a select, delays every exit by 300 ms.
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
   * @return null if the JVM is already exiting
   */
  static @Nullable ExitHook register(JvmExit exit) {
    StopClasses.load();
    AgentThreads.prepareForFailures();
    ExitHook hook = new ExitHook(exit);
    Thread thread = AgentThreads.thread("exit-hook", hook::run);
    try {
      Runtime.getRuntime().addShutdownHook(thread);
      return hook;
    } catch (IllegalStateException exiting) {
      return null;
    }
  }

  /**
   * Closes the resource at the exit, before those added earlier, or at once if the hook has run.
   */
  synchronized void add(AutoCloseable resource) {
    if (ran) {
      close(resource);
    } else {
      resources.push(resource);
    }
  }

  /** Returns true if the JVM is ending. Does not wait for the resources to be closed. */
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
    // No lambda: a JVM that has run out of memory cannot link one when it ends.
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

  /**
   * Reports a resource that was not closed. It slows the exit, but must not keep the others open.
   */
  private static void sayWhy(Throwable failure) {
    try {
      Diagnostics.say("at the exit: " + Diagnostics.reason(failure));
    } catch (Throwable another) {
      // There may be no memory for a line.
    }
  }
}
