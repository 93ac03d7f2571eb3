package dev.fastdeploy.benchmarks.fleet;

import dev.fastdeploy.agent.deploy.ReleaseHome;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Release;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A home without a disk, so that thousands fit on one machine. It outlives the instance's process.
 * Thread-safe.
 */
final class MemoryHome implements ReleaseHome {

  private final TreeSet<Commit> releases = new TreeSet<>();
  private HomeState state;
  private Commit current;

  /**
   * @param image the commit that runs first
   */
  MemoryHome(Commit image) {
    this.state = HomeState.EMPTY.withNewImage(image);
    this.current = image;
    releases.add(image);
  }

  /** The release that the next process runs. */
  synchronized Commit current() {
    return current;
  }

  /** A release was laid out. */
  synchronized void put(Commit commit, String sha256) {
    releases.add(commit);
    state = state.withDigest(commit, sha256, releases::contains);
  }

  @Override
  public Optional<String> unwritableBecause() {
    return Optional.empty();
  }

  @Override
  public synchronized HomeState state() {
    return state;
  }

  @Override
  public synchronized HomeState change(UnaryOperator<HomeState> change) {
    state = change.apply(state);
    return state;
  }

  @Override
  public synchronized void activate(PendingActivation activation) {
    state = state.withPending(activation);
    current = activation.to();
  }

  @Override
  public synchronized void pointCurrentTo(Commit commit) {
    current = commit;
  }

  @Override
  public Release release(Commit commit) {
    return new Release(commit, Path.of("/releases", commit.id()));
  }

  @Override
  public synchronized boolean has(Commit commit) {
    return releases.contains(commit);
  }

  @Override
  public synchronized List<Commit> staged() {
    return List.copyOf(releases);
  }

  @Override
  public void cleanUp(int keep, Collection<Commit> protectedCommits) {
    // Two releases are no burden.
  }
}
