package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The home, as far as a deploy needs it; see {@link dev.fastdeploy.contract.Home}. Thread-safe. */
public interface ReleaseHome {

  /** Returns why nothing can be deployed into the home, one line, or empty if it can be written. */
  Optional<String> unwritableBecause();

  /** Returns what the home remembers. */
  HomeState state() throws IOException;

  /**
   * Changes what the home remembers, durably.
   *
   * @return the new state
   */
  HomeState change(UnaryOperator<HomeState> change) throws IOException;

  /** Records that a release is about to run, then makes it current. */
  void activate(PendingActivation activation) throws IOException;

  /** Makes a release current. */
  void pointCurrentTo(Commit commit) throws IOException;

  /**
   * Returns the release of a commit.
   *
   * @throws IOException if it is not in the home, with a message for the user
   */
  Release release(Commit commit) throws IOException;

  /** Returns true if the release of a commit is in the home. */
  boolean has(Commit commit) throws IOException;

  /** Returns the commits whose releases are in the home, sorted. */
  List<Commit> staged() throws IOException;

  /** Removes the oldest releases that nothing needs. */
  void cleanUp(int keep, Collection<Commit> protectedCommits) throws IOException;
}
