package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** A way to make the service run the current release. One reload runs at a time. */
public interface ReloadStrategy {

  /** Returns the name by which clients and settings choose it. */
  String name();

  /** Returns the fate of the process. */
  default Course course() {
    return Course.PROCESS_ENDS;
  }

  /**
   * Returns why no reload can be done this way now, or empty if one can. Called before anything is
   * staged, and for each status, so it must be cheap.
   */
  default Optional<Obstacle> obstacle() {
    return Optional.empty();
  }

  /**
   * Examines a release that is staged and not current yet. Changes nothing.
   *
   * @param running the release that runs
   * @throws ReloadDeclinedException if the service cannot switch to it this way, with the reason
   */
  default void examine(Release running, Release staged) throws ReloadDeclinedException {}

  /**
   * Returns true if the service stops serving during a reload, so that load balancers should know
   * in advance: {@code --pre-drain}.
   */
  default boolean interrupts() {
    return true;
  }

  /**
   * Returns the state of the class loaders of earlier releases, or empty if it leaves none behind.
   */
  default Optional<OldLoaders> oldLoaders() {
    return Optional.empty();
  }

  /**
   * Reloads the service. A strategy that ends the process returns once its end is certain, an
   * {@link InPlaceReload} once the new code is starting.
   *
   * @throws ReloadDeclinedException if the reload cannot take place; the service runs on as before
   */
  void reload(ReloadRequest request) throws ReloadDeclinedException;
}
