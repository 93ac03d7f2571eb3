package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import java.io.IOException;
import java.util.Optional;

/** Brings a release from the store into the home. */
public interface Stager {

  /**
   * Returns why nothing can be staged, one line with the remedy, or empty if a store is configured.
   */
  Optional<String> unusableBecause();

  /**
   * Fetches, verifies and lays out the release of a commit that is not in the home yet.
   *
   * @param expected the client's knowledge of the release, which the archive must match
   * @throws IOException if that fails, with a message for the user; the home is as before
   */
  void stage(Commit commit, ExpectedRelease expected, Progress progress) throws IOException;

  /** Receives how much of an archive was fetched, and tells whether the staging must end. */
  interface Progress {

    /** Receives the number of bytes fetched, and the number in the archive. */
    void bytes(long done, long total);

    /**
     * Makes sure that the staging may continue. It is called again and again, so that work that
     * nobody waits for any more does not go on for long.
     *
     * @throws IOException if the staging must end, with the reason
     */
    void requireGoOn() throws IOException;
  }
}
