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
   * @param expected what the archive must be
   * @throws IOException if that fails, with a message for the user; the home is as before
   */
  void stage(Commit commit, ExpectedRelease expected, Progress progress) throws IOException;

  /** Is told how much of an archive was fetched, and whether to go on. */
  interface Progress {

    /** Bytes of the archive. */
    void bytes(long done, long total);

    /**
     * Asked again and again, so that nothing goes on for long that nobody waits for any more.
     *
     * @throws IOException if the staging must end, with the reason
     */
    void requireGoOn() throws IOException;
  }
}
