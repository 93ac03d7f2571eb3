package dev.fastdeploy.agent.reload;

import dev.fastdeploy.contract.Release;
import java.util.Optional;

/** A strategy by which the same process runs the other release, and can go back to the first. */
public interface InPlaceReload extends ReloadStrategy {

  @Override
  default Course course() {
    return Course.IN_PLACE;
  }

  /**
   * Returns what is wrong with the release that was reloaded last, for example that its {@code
   * main} failed or that it asked for the end of the JVM. Empty as long as it may still become or
   * stay ready. Called while the release is on probation.
   */
  Optional<String> failure();

  /**
   * Goes back because the release that was reloaded last did not come up. Returns once the code of
   * the release before is starting. That release is then on probation, and {@link #failure} is
   * about it.
   *
   * @param before the release that ran before
   * @throws ReloadDeclinedException if that cannot be done; what runs then is undefined
   */
  void restore(Release before) throws ReloadDeclinedException;

  /** The release that {@link #restore} started serves, and may end the JVM from now on. */
  default void restored() {}

  /**
   * Returns true if the classes come from the other release's files afterwards, and false if they
   * come from the same files as before and only behave like the other release's.
   */
  boolean replacesFiles();

  /**
   * Another strategy is about to run a release from that release's own files, whatever this one has
   * changed about them.
   */
  default void readsFilesOf(Release release) {}

  /**
   * The process was told to end. From now on a release may end it in its own way whatever its
   * standing, even if it asked earlier, and no other is started. Returns at once.
   */
  default void processEnds() {}

  /** The release that was reloaded last is proven, and may end the JVM from now on. */
  void proven();
}
