package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A home in memory whose disk can fail. */
public final class FakeHome implements ReleaseHome {

  private HomeState state = HomeState.EMPTY;
  private final TreeSet<Commit> releases = new TreeSet<>();
  private final List<Commit> removed = new ArrayList<>();
  private int cleanings;
  private @Nullable Commit current;
  private @Nullable String unwritable;
  private boolean changesFail;
  private boolean pointingFails;
  private @Nullable RuntimeException bug;
  private @Nullable RuntimeException cleaningFails;
  private Runnable whileActivating = () -> {};

  public FakeHome(Commit running) {
    put(running);
    state = HomeState.EMPTY.withNewImage(running);
    current = running;
  }

  public void put(Commit commit) {
    releases.add(commit);
  }

  public void set(HomeState next) {
    state = next;
  }

  void setUnwritable(String reason) {
    unwritable = reason;
  }

  void failChanges(boolean fails) {
    changesFail = fails;
  }

  void failChangesWith(RuntimeException failure) {
    bug = failure;
  }

  void failCleaning(@Nullable RuntimeException failure) {
    cleaningFails = failure;
  }

  void failPointing(boolean fails) {
    pointingFails = fails;
  }

  /** Runs once an activation is recorded and before it is current. */
  void whileActivating(Runnable task) {
    whileActivating = task;
  }

  @Nullable Commit current() {
    return current;
  }

  /** How often what nothing needs was removed. */
  int cleanings() {
    return cleanings;
  }

  List<Commit> removed() {
    return removed;
  }

  @Override
  public Optional<String> unwritableBecause() {
    return Optional.ofNullable(unwritable);
  }

  @Override
  public synchronized HomeState state() {
    return state;
  }

  @Override
  public synchronized HomeState change(UnaryOperator<HomeState> change) throws IOException {
    if (bug != null) {
      throw bug;
    }
    if (changesFail) {
      throw new IOException("no space left");
    }
    state = change.apply(state);
    return state;
  }

  @Override
  public void activate(PendingActivation activation) throws IOException {
    change(before -> before.withPending(activation));
    whileActivating.run();
    pointCurrentTo(activation.to());
  }

  @Override
  public void pointCurrentTo(Commit commit) throws IOException {
    if (pointingFails) {
      throw new IOException("the link cannot be written");
    }
    current = commit;
  }

  @Override
  public Release release(Commit commit) throws IOException {
    if (!has(commit)) {
      throw new IOException("the release " + commit + " is not in the home");
    }
    return new Release(commit, Path.of("/home/releases", commit.id()));
  }

  @Override
  public boolean has(Commit commit) {
    return releases.contains(commit);
  }

  @Override
  public List<Commit> staged() {
    return List.copyOf(releases);
  }

  @Override
  public void cleanUp(int keep, Collection<Commit> protectedCommits) {
    if (cleaningFails != null) {
      throw cleaningFails;
    }
    cleanings++;
    for (Commit commit : List.copyOf(releases)) {
      if (!protectedCommits.contains(commit)) {
        releases.remove(commit);
        removed.add(commit);
      }
    }
  }
}
