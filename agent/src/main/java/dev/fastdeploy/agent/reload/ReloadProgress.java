package dev.fastdeploy.agent.reload;

import java.time.Duration;

/** Is told how far a reload got, on the thread that reloads. */
public interface ReloadProgress {

  /**
   * In-flight work ends now: the reload can no longer be declined.
   *
   * @param limit how long it may take
   */
  void draining(Duration limit);

  /** What runs is about to be replaced. */
  void reloading();

  /**
   * Something that a person should know and that ends nothing: a thread that did not stop, say.
   *
   * @param line one line
   */
  void note(String line);
}
