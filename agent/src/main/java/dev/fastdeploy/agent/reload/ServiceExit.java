package dev.fastdeploy.agent.reload;

import java.time.Duration;

/** Ends the service's process. */
public interface ServiceExit {

  /** Returns the time that the process has to end by itself before it is halted. */
  Duration drainTimeout();

  /**
   * Begins the end of the process, with the exit code that asks for a reload. Returns at once.
   *
   * @param first what is done, within the drain time, before the application is told to end
   */
  void exitForReload(Runnable first);

  /**
   * Begins the end of the process with exit code 1 and without a reload, because what it runs is no
   * longer defined. Returns at once.
   */
  void exitBroken();
}
