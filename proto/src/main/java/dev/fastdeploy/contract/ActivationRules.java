package dev.fastdeploy.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules for making a release in a home current. The agent applies them to its own service, the
 * command to a service without an agent. Each rule looks at what it is given and changes nothing.
 */
public final class ActivationRules {

  private ActivationRules() {}

  /** Requires that the last activation has ended. */
  public static void requireNothingPending(HomeState state) throws RefusedException {
    requireNothingPending(state.pending());
  }

  static void requireNothingPending(@Nullable PendingActivation pending) throws RefusedException {
    if (pending != null) {
      throw new RefusedException(
          Refusal.ON_PROBATION,
          "the commit "
              + pending.to()
              + " of deploy "
              + pending.id()
              + " is not proven yet; wait for its outcome");
    }
  }

  /**
   * Requires that a new release can be judged.
   *
   * @param known whether something tells when a release is ready
   */
  public static void requireReadiness(boolean known) throws RefusedException {
    if (!known) {
      throw new RefusedException(
          Refusal.NO_READINESS,
          "nothing tells when a new release is ready; start the launcher with --ready or"
              + " --ready-after");
    }
  }

  /**
   * Requires a release other than the one that runs.
   *
   * @param running the commit that runs; null if unknown
   */
  public static void requireNotRunning(Commit wanted, @Nullable Commit running)
      throws RefusedException {
    if (wanted.equals(running)) {
      throw new RefusedException(
          Refusal.ALREADY_RUNNING, "the commit " + wanted + " is running already");
    }
  }

  /** Requires a commit that no earlier failure has refused to all strategies. */
  public static void requireNotRefused(Commit commit, HomeState state) throws RefusedException {
    Optional<String> before = state.refusedToAll(commit);
    if (before.isPresent()) {
      throw new RefusedException(
          Refusal.REFUSED_COMMIT,
          "the commit "
              + commit
              + " did not come up before ("
              + before.get()
              + "); give --force to try again");
    }
  }

  /**
   * Requires a release that is in the home.
   *
   * @param staged the commits whose releases are
   */
  public static void requireStaged(Commit commit, Collection<Commit> staged)
      throws RefusedException {
    if (!staged.contains(commit)) {
      throw new RefusedException(
          Refusal.NOT_STAGED,
          "the commit "
              + commit
              + " is not in the home, which holds "
              + (staged.isEmpty()
                  ? "no release"
                  : staged.stream().map(Commit::id).collect(Collectors.joining(", ")))
              + "; stage it first");
    }
  }

  /**
   * Requires that a release in the home came in the archive that was asked for. For an image's
   * release, and for one that an earlier version staged, that is unknown.
   *
   * @param sha256 the archive's digest; empty for any
   */
  public static void requireContent(Commit commit, String sha256, HomeState state)
      throws RefusedException {
    String known = state.digests().get(commit);
    if (known != null && !sha256.isEmpty() && !sha256.equals(known)) {
      throw new RefusedException(
          Refusal.OTHER_CONTENT,
          "the release of "
              + commit
              + " in the home came in the archive with the SHA-256 "
              + known
              + ", the request names "
              + sha256
              + "; publish the changed build as another commit");
    }
  }

  /**
   * Requires a sequence above that of the last deploy.
   *
   * @param nowMillis this machine's time, UTC milliseconds
   */
  public static void requireAboveTheLast(long sequence, HomeState state, long nowMillis)
      throws RefusedException {
    long last = state.lastSequence(nowMillis);
    if (sequence == last) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " was accepted before and left no outcome under this id; deploy again with a new"
              + " sequence");
    }
    if (sequence < last) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " is below "
              + last
              + ", that of a later deploy; deploy again with a new sequence");
    }
  }

  /** Requires a sequence that is not the mistake of a wrong clock. */
  public static void requireNotAhead(long sequence, long nowMillis) throws RefusedException {
    if (sequence > HomeState.latestSequence(nowMillis)) {
      throw new RefusedException(
          Refusal.SEQUENCE_AHEAD,
          "the sequence "
              + sequence
              + " ("
              + Instant.ofEpochMilli(sequence)
              + ") is more than "
              + HomeState.SEQUENCE_TOLERANCE.toMinutes()
              + " minutes ahead of this instance's clock ("
              + Instant.ofEpochMilli(nowMillis)
              + "); set the clock that is wrong");
    }
  }

  /** Requires a sequence above those that the fleet's record has had in its newest epoch. */
  public static void requireAboveThoseOfItsEpoch(long sequence, HomeState state)
      throws RefusedException {
    Fence fence = state.fence();
    if (fence != null && sequence <= fence.sequence()) {
      throw new RefusedException(
          Refusal.OLDER_SEQUENCE,
          "the sequence "
              + sequence
              + " is not above "
              + fence.sequence()
              + ", which a request of the epoch "
              + fence.epoch()
              + " had before; ask again with a new sequence");
    }
  }

  /**
   * Requires a release to roll back to.
   *
   * @param present whether a release is in the home
   * @return its commit
   */
  public static Commit requireRollbackTarget(
      HomeState state, @Nullable Commit running, Predicate<Commit> present)
      throws RefusedException {
    Optional<Commit> target =
        running == null ? Optional.empty() : state.provenBefore(running, present);
    if (target.isEmpty()) {
      throw new RefusedException(
          Refusal.NOTHING_TO_ROLL_BACK_TO,
          "no release in the home was proven before the running one"
              + (running == null ? "" : ", '" + running + "'")
              + "; deploy or activate the commit you want");
    }
    return target.get();
  }
}
