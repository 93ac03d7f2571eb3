package dev.fastdeploy.release;

import java.io.IOException;

/**
 * Is told how far the fetching of a release is, and says whether to go on. Called on the thread
 * that stages.
 */
@FunctionalInterface
public interface StagingProgress {

  /** Nobody wants to know. */
  StagingProgress NONE = (done, total) -> {};

  /**
   * Called with 0 first and with {@code total} last, in between at most once a hundredth.
   *
   * @param done bytes of the packed archive that were fetched; never less than before
   * @param total bytes of the packed archive
   */
  void bytes(long done, long total);

  /**
   * Asked before each step and each piece of content.
   *
   * @throws IOException if the staging must end, with a message for the user
   */
  default void requireGoOn() throws IOException {}
}
