package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** A way to get the service to run the release that is current. One reload runs at a time. */
public interface ReloadStrategy {

  /** The name by which clients and settings choose it. */
  String name();

  /** What becomes of the process. */
  default Course course() {
    return Course.PROCESS_ENDS;
  }

  /**
   * Why no reload can be done this way now; nothing if one can. Asked before anything is staged,
   * and for each status, so it must be cheap.
   */
  default Optional<Obstacle> obstacle() {
    return Optional.empty();
  }

  /**
   * Looks at a release that is staged and not current yet. Changes nothing.
   *
   * @param running the release that runs
   * @throws ReloadDeclinedException if the service cannot get to it this way, with the reason
   */
  default void examine(Release running, Release staged) throws ReloadDeclinedException {}

  /**
   * Whether the service stops serving for it, so that load balancers should know before: {@code
   * --pre-drain}.
   */
  default boolean interrupts() {
    return true;
  }

  /** What became of the class loaders of earlier releases; nothing if it leaves none behind. */
  default Optional<OldLoaders> oldLoaders() {
    return Optional.empty();
  }

  /**
   * Reloads the service. A strategy that ends the process returns once its end is certain; an
   * {@link InPlaceReload} once the new code is on its way.
   *
   * @throws ReloadDeclinedException if the reload cannot take place; the service runs on as before
   */
  void reload(ReloadRequest request) throws ReloadDeclinedException;
}
