package dev.fastdeploy.agent.reload;

/** A way to get the service to run the release that is current. One reload runs at a time. */
public interface ReloadStrategy {

  /** The name by which clients and settings choose it. */
  String name();

  /**
   * Reloads the service. A strategy that ends the process returns once its end is certain.
   *
   * @throws ReloadDeclinedException if the reload cannot take place; the service runs on as before
   */
  void reload(ReloadRequest request) throws ReloadDeclinedException;
}
