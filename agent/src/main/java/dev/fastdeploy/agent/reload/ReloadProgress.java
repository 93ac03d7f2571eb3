package dev.fastdeploy.agent.reload;

import java.time.Duration;

/** Receives the progress of a reload, on the thread that reloads. */
public interface ReloadProgress {

  /**
   * Work in flight ends now: the reload can no longer be declined.
   *
   * @param limit the longest time that it may take
   */
  void draining(Duration limit);

  /** The running code is about to be replaced. */
  void reloading();

  /**
   * Something that a person should know and that ends nothing, such as a thread that did not stop.
   *
   * @param line one line
   */
  void note(String line);
}
