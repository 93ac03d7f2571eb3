package dev.fastdeploy.agent.runtime;

import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ProcessContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The only place where the agent ends the JVM. The application's shutdown hooks drain it; when they
 * take too long it is halted. Thread-safe.
 */
public final class JvmExit implements ServiceExit {

  private static final int TERM = 15;

  private final int reloadCode;
  private final Duration drainTimeout;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean exiting;

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

  /** Begins the end that a TERM would have begun, had there been a launcher to pass it on. */
  void exitWithoutLauncher() {
    begin(ProcessContract.SIGNAL_EXIT_BASE + TERM);
  }

  /** Whether the JVM is ending, for whatever reason. */
  boolean exiting() {
    return exiting;
  }

  /** The JVM is ending. */
  void setExiting() {
    exiting = true;
  }

  private void begin(int code) {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    AgentThreads.start("watchdog", () -> haltAfterTimeout(code));
    // A thread of its own: the one that calls may be waited for by a shutdown hook.
    AgentThreads.start("exit", () -> System.exit(code));
  }

  private void haltAfterTimeout(int code) {
    try {
      Thread.sleep(drainTimeout.toMillis());
      Diagnostics.say(
          "the service did not end within " + drainTimeout.toMillis() + " ms; it is halted");
    } catch (InterruptedException impatient) {
      Diagnostics.say("the wait for the service's end was interrupted; it is halted");
    }
    Runtime.getRuntime().halt(code);
  }
}
