package dev.fastdeploy.agent.reload;

import java.time.Duration;

/** Ends the service's process. */
public interface ServiceExit {

  /** How long the process may take to end by itself before it is halted. */
  Duration drainTimeout();

  /** Begins the end of the process, with the code that asks for a reload. Returns at once. */
  void exitForReload();

  /**
   * Begins the end of the process with the exit code 1, without a reload: what it runs is not
   * defined any more. Returns at once.
   */
  void exitBroken();
}
