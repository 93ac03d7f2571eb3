package dev.fastdeploy.release;

import java.io.IOException;

/**
 * Receives the progress of fetching a release, and says whether to go on. Called on the thread that
 * stages.
 */
@FunctionalInterface
public interface StagingProgress {

  /** Ignores the progress. */
  StagingProgress NONE = (done, total) -> {};

  /**
   * Called with 0 first and with {@code total} last, and in between at most once per hundredth.
   *
   * @param done fetched bytes of the packed archive; never less than before
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
