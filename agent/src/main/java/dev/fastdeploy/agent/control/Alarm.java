package dev.fastdeploy.agent.control;

import java.time.Duration;

/** Runs something after a time, unless that is taken back. It must not block: one thread waits. */
@FunctionalInterface
interface Alarm {

  /**
   * Runs a task later, or never if the endpoint is closed before.
   *
   * @return takes it back
   */
  Runnable in(Duration delay, Runnable task);
}
