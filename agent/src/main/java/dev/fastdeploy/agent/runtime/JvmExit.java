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
 * The only place where the agent ends the JVM. The application's shutdown hooks drain it; when they
 * take too long it is halted. Thread-safe.
 */
public final class JvmExit implements ServiceExit {

  /** What a JVM returns whose {@code main} failed. */
  private static final int BROKEN = 1;

  private static final int TERM = 15;
  private static final long ORPHAN_PERIOD_MILLIS = 100;
  private static final long LAST_WORDS_MILLIS = 100;

  private final int reloadCode;
  private final Duration drainTimeout;
  private final AtomicBoolean begun = new AtomicBoolean();

  // Made before they are needed: a JVM that is out of memory can link no lambda when it ends.
  private final Runnable watchdog = this::haltAfterTimeout;
  private final Runnable end = this::exit;
  private volatile int code = BROKEN;
  private volatile @Nullable Thread orphanWatch;

  /**
   * @param reloadCode the exit code by which the launcher is asked to start the service again
   * @param drainTimeout how long the shutdown hooks may take
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
  public void exitForReload() {
    begin(reloadCode);
  }

  @Override
  public void exitBroken() {
    begin(BROKEN);
  }

  /** The end that the application itself asks for, where its call was led to the agent. */
  static JvmEnd ofTheApplication() {
    return new JvmEnd(System::exit, Runtime.getRuntime()::halt);
  }

  /** Begins the end that a TERM would have begun, had there been a launcher to pass it on. */
  void exitWithoutLauncher() {
    begin(ProcessContract.SIGNAL_EXIT_BASE + TERM);
  }

  /** A launcher is connected: the parent of this process. */
  void setLaunched() {
    OptionalLong launcher = parent();
    if (launcher.isPresent()) {
      orphanWatch = AgentThreads.thread("orphan", () -> exitOnceOrphaned(launcher));
    }
  }

  /**
   * The JVM is ending, for whatever reason. How long that may take is the launcher's to say; once
   * it has gone, and that may be now, the service has the time to drain and is halted then.
   */
  void ending() {
    Thread watch = orphanWatch;
    if (watch != null) {
      // The channel is closed by now, for the sake of a fast exit.
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
      // Nobody of ours does that.
    }
  }

  private static OptionalLong parent() {
    return ProcessHandle.current().parent().stream().mapToLong(ProcessHandle::pid).findFirst();
  }

  private void begin(int chosen) {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    code = chosen;
    try {
      AgentThreads.start("watchdog", watchdog);
      // A thread of its own: the one that calls may be waited for by a shutdown hook.
      AgentThreads.start("exit", end);
    } catch (Throwable noThread) {
      // The launcher waits for the end of this process; a drain, too, would need threads.
      Runtime.getRuntime().halt(chosen);
    }
  }

  private void exit() {
    System.exit(code);
  }

  private void haltAfterTimeout() {
    try {
      Thread.sleep(drainTimeout.toMillis());
      sayInTime("the service did not end within " + drainTimeout.toMillis() + " ms; it is halted");
    } catch (InterruptedException impatient) {
      // Nobody of ours does that; what was waited for is over either way.
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  /** A log that nobody reads blocks who writes to it, perhaps what hangs already. */
  private static void sayInTime(String line) throws InterruptedException {
    AgentThreads.start("last-words", () -> Diagnostics.say(line)).join(LAST_WORDS_MILLIS);
  }
}
