package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.util.Optional;

/** Brings a release from the store into the home. */
public interface Stager {

  /** Why nothing can be staged, one line with the remedy; nothing if a store is configured. */
  Optional<String> unusableBecause();

  /**
   * Fetches, verifies and lays out the release of a commit that is not in the home yet.
   *
   * @throws IOException if that fails, with a message for the user; the home is as before
   */
  void stage(Commit commit, Progress progress) throws IOException;

  /** Is told how much of an archive was fetched. */
  @FunctionalInterface
  interface Progress {

    /** Bytes of the archive. */
    void bytes(long done, long total);
  }
}
