package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.agent.reload.module.JvmEnd;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessContract;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The only place where the agent ends the JVM. The application's shutdown hooks drain it, and the
 * JVM is halted if they take too long. Thread-safe.
 */
public final class JvmExit implements ServiceExit {

  /** The exit code of a JVM whose {@code main} failed. */
  private static final int BROKEN = 1;

  private static final int TERM = 15;
  private static final long ORPHAN_PERIOD_MILLIS = 100;
  private static final long LAST_WORDS_MILLIS = 100;

  private final int reloadCode;
  private final Duration drainTimeout;
  private final AtomicBoolean begun = new AtomicBoolean();

  // Created in advance: a JVM that is out of memory cannot link a lambda when it ends.
  private final Runnable watchdog = this::haltAfterTimeout;
  private final Runnable end = this::exit;
  private volatile @Nullable Runnable first;
  private volatile int code = BROKEN;
  private volatile @Nullable Thread orphanWatch;

  /**
   * @param reloadCode exit code that asks the launcher to start the service again
   * @param drainTimeout longest time for the shutdown hooks
   */
  public JvmExit(int reloadCode, Duration drainTimeout) {
    this.reloadCode = reloadCode;
    this.drainTimeout = drainTimeout;
  }

  @Override
  public Duration drainTimeout() {
    return drainTimeout;
  }

  @Override
  public void exitForReload(Runnable before) {
    begin(reloadCode, before);
  }

  @Override
  public void exitBroken() {
    begin(BROKEN, null);
  }

  /**
   * Returns the end that the application itself asks for, when its call is redirected to the agent.
   */
  static JvmEnd ofTheApplication() {
    return new JvmEnd(System::exit, Runtime.getRuntime()::halt);
  }

  /** Begins the same end as a TERM that the launcher, were it still there, would have passed on. */
  void exitWithoutLauncher() {
    begin(ProcessContract.SIGNAL_EXIT_BASE + TERM, null);
  }

  /** Notes that the parent of this process, the launcher, is connected. */
  void setLaunched() {
    OptionalLong launcher = parent();
    if (launcher.isPresent()) {
      orphanWatch = AgentThreads.thread("orphan", () -> exitOnceOrphaned(launcher));
    }
  }

  /**
   * Notes that the JVM is ending, for whatever reason. The launcher decides how long that may take.
   * Once it has gone, which may be now, the service has the drain time left and is then halted.
   */
  void ending() {
    Thread watch = orphanWatch;
    if (watch != null) {
      // The channel is already closed, to make the exit fast.
      watch.start();
    }
  }

  private void exitOnceOrphaned(OptionalLong expected) {
    try {
      while (parent().equals(expected)) {
        Thread.sleep(ORPHAN_PERIOD_MILLIS);
      }
      exitWithoutLauncher();
    } catch (InterruptedException ended) {
      // No code of ours does that.
    }
  }

  private static OptionalLong parent() {
    return ProcessHandle.current().parent().stream().mapToLong(ProcessHandle::pid).findFirst();
  }

  private void begin(int chosen, @Nullable Runnable before) {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    code = chosen;
    first = before;
    try {
      AgentThreads.start("watchdog", watchdog);
      // On a thread of its own, since a shutdown hook may wait for the calling thread.
      AgentThreads.start("exit", end);
    } catch (Throwable noThread) {
      // The launcher waits for this process to end, and a drain would need threads too.
      Runtime.getRuntime().halt(chosen);
    }
  }

  private void exit() {
    try {
      Runnable before = first;
      if (before != null) {
        before.run();
      }
    } finally {
      System.exit(code);
    }
  }

  private void haltAfterTimeout() {
    try {
      Thread.sleep(drainTimeout.toMillis());
      sayInTime("the service did not end within " + drainTimeout.toMillis() + " ms; it is halted");
    } catch (InterruptedException impatient) {
      // No code of ours does that, and the wait is over either way.
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  /**
   * Prints a line without waiting for long: a log that nobody reads blocks its writer, perhaps the
   * very code that hangs.
   */
  private static void sayInTime(String line) throws InterruptedException {
    AgentThreads.start("last-words", () -> Diagnostics.say(line)).join(LAST_WORDS_MILLIS);
  }
}
