package dev.fastdeploy.agent.control;

import java.time.Duration;

/**
 * Runs a task after a delay, unless it is cancelled. The task must not block: one thread serves
 * all.
 */
@FunctionalInterface
interface Alarm {

  /**
   * Runs a task later, or never if the endpoint is closed first.
   *
   * @return cancels the task
   */
  Runnable in(Duration delay, Runnable task);
}
