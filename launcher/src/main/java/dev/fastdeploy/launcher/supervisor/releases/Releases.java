package dev.fastdeploy.launcher.supervisor.releases;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.ForeignHomeException;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Payload;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.StrategyName;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's side of the home: which release starts, and what is recorded of it. If the home
 * cannot be written to, nothing is recorded, and the release proven last is served if it can be
 * read. If another user may have filled the home, nothing from it is served: the image's release
 * is.
 */
public final class Releases implements AutoCloseable {

  private final Home home;
  private final Release image;
  private final boolean writable;
  private final List<UnaryOperator<HomeState>> unwritten = new ArrayList<>();

  /** A disk that stays full is retried every second, and reported once. */
  private String lastComplaint = "";

  /** Held until the launcher ends; the kernel releases it then. */
  private final @Nullable FileLock lock;

  /** The activation by which the container follows its environment. */
  private @Nullable DeployId followed;

  private Releases(Home home, Release image, @Nullable FileLock lock) {
    this.home = home;
    this.image = image;
    this.lock = lock;
    this.writable = lock != null;
  }

  /**
   * Opens a home for a launcher.
   *
   * @param imageDirectory the directory of the image's release
   * @throws IllegalArgumentException if another launcher has it, with a message for the user
   */
  public static Releases open(Home home, Commit imageCommit, Path imageDirectory)
      throws IOException {
    Release image = new Release(imageCommit, imageDirectory.toRealPath());
    @Nullable FileLock lock = null;
    try {
      lock =
          home.lockForLauncher()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "another launcher runs in the home '"
                              + home.given()
                              + "'; give each its own"));
      // Before anything else: the rest may need the space that they take.
      home.removeLeftovers();
      home.create();
      home.linkImage(imageCommit, imageDirectory);
      home.state(Home.ReadState.PUT_ASIDE);
      return new Releases(home, image, lock);
    } catch (IOException unwritable) {
      if (lock != null) {
        lock.acquiredBy().close();
      }
      Releases releases = new Releases(home, image, null);
      Diagnostics.say(
          "the home '"
              + home.given()
              + (unwritable instanceof ForeignHomeException
                  ? "' is not used ("
                  : "' cannot be written (")
              + Diagnostics.reason(unwritable)
              + "); "
              + releases.servedUnwritten()
              + " is served and deploys are refused");
      return releases;
    }
  }

  private String servedUnwritten() {
    Commit commit = provenOrImage().commit();
    return commit.equals(image.commit())
        ? "the image release"
        : "the release " + commit + ", which was proven last,";
  }

  /** Releases the home for another launcher. */
  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.acquiredBy().close();
    }
  }

  /** Returns true if releases can be deployed here at all. */
  public boolean writable() {
    return writable;
  }

  /** Returns the home. */
  public Home home() {
    return home;
  }

  /** Returns the image's own release. */
  public Release image() {
    return image;
  }

  /** Returns true if a release is the image's, the last that there is to go back to. */
  public boolean isImage(Release release) {
    return release.equals(image);
  }

  /**
   * Returns the release that a container starts with: that of a new image, else the proven one. A
   * release that was never proven is given up.
   */
  public Release atStart() {
    record(
        before ->
            image.commit().equals(before.image())
                ? before.withPendingGivenUp(
                    "the launcher was started again before the release was proven")
                : before
                    .withPendingGivenUp("the container was started from another image")
                    .withNewImage(image.commit()));
    return madeCurrent(provenOrImage());
  }

  /**
   * Returns why a person does not want the container to follow its environment; empty if nobody
   * said so.
   */
  public Optional<String> unfollowed() {
    return Optional.ofNullable(state().unfollowed());
  }

  /** Returns the image's release, which somebody wants to run; later failures go back to it. */
  public Release imageWanted() {
    record(state -> state.withProvenAgain(image.commit()));
    return madeCurrent(image);
  }

  /**
   * Makes the stable release of the environment the one to start, on probation unless it is the one
   * proven last.
   *
   * @param epoch the epoch of the record that names it
   * @return empty if that fails; the reason is said
   */
  public Optional<Release> follow(Commit stable, long epoch) {
    Optional<Release> release = find(stable);
    Release proven = provenOrImage();
    if (release.isEmpty() || release.get().equals(proven)) {
      return release.map(this::madeCurrent);
    }
    long now = System.currentTimeMillis();
    PendingActivation activation =
        new PendingActivation(
            new DeployId("follow-" + epoch + "-" + now),
            state().lastSequence(),
            proven.commit(),
            stable,
            StrategyName.PROCESS,
            false,
            Map.of(Phase.ACCEPTED, now, Phase.STAGED, now, Phase.ACTIVATED, now));
    try {
      home.activate(activation);
    } catch (IOException failure) {
      tell(failure);
      return Optional.empty();
    }
    followed = activation.id();
    return release;
  }

  /** Returns true if the release on probation came by following the environment. */
  public boolean isFollowed() {
    return pendingActivation().filter(this::isFollowed).isPresent();
  }

  private boolean isFollowed(PendingActivation activation) {
    return activation.id().equals(followed);
  }

  /**
   * Returns the release to start after a reload: the pending one, or the proven one if nothing is
   * pending.
   */
  public Release afterReload() {
    PendingActivation pending = state().pending();
    if (pending == null) {
      return madeCurrent(provenOrImage());
    }
    Optional<Release> release = find(pending.to());
    return release.isPresent()
        ? madeCurrent(release.get())
        : rollBack("the release is not in the home", null, List.of());
  }

  /** Removes the unpacked libraries of other versions of fastdeploy, left by an older image. */
  public void removeOtherPayloads(Payload payload) {
    if (writable) {
      try {
        payload.removeOthers(home.payload());
      } catch (IOException failure) {
        tell(failure);
      }
    }
  }

  /** Returns the release that the agent names; empty if there is none. */
  public Optional<Release> named(String commit) {
    try {
      return find(new Commit(commit));
    } catch (IllegalArgumentException newerAgent) {
      return Optional.empty();
    }
  }

  /** Returns the commit of the release that was activated and is not proven yet. */
  public Optional<Commit> pending() {
    return pendingActivation().map(PendingActivation::to);
  }

  /** Returns the activation that is not proven yet. */
  public Optional<PendingActivation> pendingActivation() {
    return Optional.ofNullable(state().pending());
  }

  /** Returns the outcome of a deploy; empty if it is not over or not known. */
  public Optional<DeployOutcome> outcome(DeployId id) {
    return state().outcome(id);
  }

  /** Records that the pending release has reached phases, at UTC milliseconds. */
  void reached(Map<Phase, Long> phases) {
    recordOfPending(
        before -> {
          HomeState after = before;
          for (Map.Entry<Phase, Long> phase : phases.entrySet()) {
            after = after.reached(phase.getKey(), phase.getValue());
          }
          return after;
        });
  }

  /** Records that the pending release is proven. */
  public void proven() {
    long now = System.currentTimeMillis();
    recordOfPending(state -> state.withPendingProven(now));
  }

  /**
   * Records that the pending release did not come up.
   *
   * @return the release to go back to
   */
  public Release rollBack(String reason, @Nullable Integer exitCode, List<String> lastLines) {
    // What all instances run may fail here for a passing reason: it is not refused for good.
    boolean onlyNow = isFollowed();
    recordOfPending(
        state ->
            onlyNow
                ? state.withPendingGivenUp(reason, exitCode, lastLines)
                : state.withPendingRolledBack(reason, exitCode, lastLines));
    return madeCurrent(provenOrImage());
  }

  /** Records that the previous release is up again after a failed deploy of a commit. */
  public void restored(Commit failed) {
    long now = System.currentTimeMillis();
    record(
        state ->
            state.outcomes().stream()
                .filter(outcome -> outcome.commit().equals(failed))
                .findFirst()
                .map(outcome -> outcome.reached(Phase.RESTORED, now))
                .map(state::withOutcome)
                .orElse(state));
  }

  /**
   * Returns the deploy that was under way when a service ended; empty if none was.
   *
   * @param ranFor how long that service has run
   */
  public Optional<DeployOutcome> brokenOff(Duration ranFor) {
    long startMillis = System.currentTimeMillis() - ranFor.toMillis();
    return state().outcomes().stream()
        .limit(1)
        .filter(latest -> latest.brokeOffSince(startMillis))
        .findFirst();
  }

  /** Records how the service ended, for a client that comes back for the outcome. */
  public void brokenOff(DeployOutcome outcome, String how) {
    record(state -> state.withOutcome(outcome.endedBy(how)));
  }

  /** Makes the image's release current, the last that there is to go back to. */
  public Release backToImage() {
    return madeCurrent(image);
  }

  private Release madeCurrent(Release release) {
    if (writable) {
      try {
        home.pointCurrentTo(release.commit());
      } catch (IOException failure) {
        tell(failure);
      }
    }
    return release;
  }

  private Release provenOrImage() {
    HomeState state = state();
    // If it cannot be recorded that the image is new, it is new at each start.
    return writable || image.commit().equals(state.image())
        ? state.lastProven().flatMap(this::find).orElse(image)
        : image;
  }

  /**
   * Requires that a release still is what was staged: anyone who can write to the directory that
   * holds the home can put another in its place.
   *
   * @throws IOException if it should be in the home and is not, or the home is not ours
   */
  public void requireOurs(Release release) throws IOException {
    if (!release.equals(image) && !home.release(release.commit()).equals(Optional.of(release))) {
      throw new IOException(
          "the release '"
              + release.commit()
              + "' is no longer in the home '"
              + home.given()
              + "'; deploy it again");
    }
  }

  /** Returns true if the home is no longer ours, and only the image can be served. */
  public boolean lost() {
    try {
      home.requireOurs();
      return false;
    } catch (IOException lost) {
      return true;
    }
  }

  private Optional<Release> find(Commit commit) {
    if (commit.equals(image.commit())) {
      return Optional.of(image);
    }
    try {
      return home.release(commit);
    } catch (IOException failure) {
      tell(failure);
      return Optional.empty();
    }
  }

  /** Returns the home's state, with the changes that could not be written yet. */
  private HomeState state() {
    HomeState state = HomeState.EMPTY;
    try {
      state = home.state();
    } catch (IOException failure) {
      // For a home that cannot be written to, this was said before.
      if (writable) {
        tell(failure);
      }
    }
    return writable
        ? withUnwritten(state)
        : state.withPendingGivenUp("the home could not be written when the launcher started");
  }

  private HomeState withUnwritten(HomeState written) {
    HomeState state = written;
    for (UnaryOperator<HomeState> change : unwritten) {
      state = change.apply(state);
    }
    return state;
  }

  /**
   * Records something about the pending release. Before that can be written, another one may become
   * pending, to which it does not apply.
   */
  private void recordOfPending(UnaryOperator<HomeState> change) {
    if (!writable) {
      return;
    }
    try {
      PendingActivation meant = withUnwritten(home.state()).pending();
      if (meant != null) {
        record(state -> isPending(meant, state) ? change.apply(state) : state);
      }
    } catch (IOException unreadable) {
      record(change);
    }
  }

  private static boolean isPending(PendingActivation meant, HomeState state) {
    PendingActivation pending = state.pending();
    return pending != null && pending.id().equals(meant.id());
  }

  private void record(UnaryOperator<HomeState> change) {
    if (writable) {
      unwritten.add(change);
      writeUnwritten();
    }
  }

  /** Returns true if a change could not be recorded so far, for example because a disk is full. */
  public boolean hasUnwritten() {
    return !unwritten.isEmpty();
  }

  /**
   * Tries to record what could not be recorded before: a verdict must not be lost because the disk
   * was full for a while.
   *
   * @return true if nothing is left to write
   */
  public boolean writeUnwritten() {
    try {
      home.change(this::withUnwritten);
      unwritten.clear();
      lastComplaint = "";
      return true;
    } catch (IOException failure) {
      tell(failure);
      return false;
    }
  }

  private void tell(IOException failure) {
    String complaint = Diagnostics.reason(failure);
    if (!complaint.equals(lastComplaint)) {
      lastComplaint = complaint;
      Diagnostics.say("in the home '" + home.given() + "': " + complaint);
    }
  }
}
