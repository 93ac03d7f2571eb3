package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** A strategy after which the same process runs the other release, and can go back to the first. */
public interface InPlaceReload extends ReloadStrategy {

  @Override
  default Course course() {
    return Course.IN_PLACE;
  }

  /**
   * What is wrong with the release that was reloaded last: its {@code main} failed, say, or it
   * asked for the end of the JVM. Nothing as long as it may still become ready or stay so. Asked
   * while the release is on probation.
   */
  Optional<String> failure();

  /**
   * Goes back: the release that was reloaded last did not come up. Returns once the code of the
   * release before is on its way; it is on probation then, so {@link #failure} tells of it.
   *
   * @param before the release that ran before
   * @throws ReloadDeclinedException if that cannot be done; what runs then is not defined
   */
  void restore(Release before) throws ReloadDeclinedException;

  /** The release that {@link #restore} started serves: its end is its own matter from now on. */
  default void restored() {}

  /**
   * Whether the classes come from the other release's files afterwards; if not they come from where
   * they did, and only what they do is the other release's.
   */
  boolean replacesFiles();

  /**
   * Another strategy is about to run a release from that release's own files, whatever this one has
   * made of them.
   */
  default void readsFilesOf(Release release) {}

  /**
   * The process was told to end. From now on a release may end it in its own way whatever its
   * standing, also if it has asked for that already, and no other is started. Returns at once.
   */
  default void processEnds() {}

  /** The release that was reloaded last is proven: its end is its own matter from now on. */
  void proven();
}
