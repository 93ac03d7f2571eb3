package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.PendingActivation;
import java.io.IOException;
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
  private @Nullable Commit current;
  private @Nullable String unwritable;
  private boolean changesFail;
  private boolean pointingFails;

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

  void failChanges() {
    changesFail = true;
  }

  void failPointing(boolean fails) {
    pointingFails = fails;
  }

  @Nullable Commit current() {
    return current;
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
    if (changesFail) {
      throw new IOException("no space left");
    }
    state = change.apply(state);
    return state;
  }

  @Override
  public void activate(PendingActivation activation) throws IOException {
    change(before -> before.withPending(activation));
    if (pointingFails) {
      throw new IOException("the link cannot be written");
    }
    pointCurrentTo(activation.to());
  }

  @Override
  public void pointCurrentTo(Commit commit) {
    current = commit;
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
    for (Commit commit : List.copyOf(releases)) {
      if (!protectedCommits.contains(commit)) {
        releases.remove(commit);
        removed.add(commit);
      }
    }
  }
}
