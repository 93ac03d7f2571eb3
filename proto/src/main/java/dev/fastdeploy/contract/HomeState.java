package dev.fastdeploy.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a home across restarts. A value: every change gives a new one, and {@link Home}
 * makes it durable as a whole, so no two facts in it can contradict each other after a kill.
 *
 * @param image the commit that the container image was built with
 * @param proven the proven releases, the latest first, without repetition
 * @param pending the activation that is not proven yet
 * @param refused commits that did not come up, with the reason; it begins with the name of a
 *     strategy if they are refused to that one alone
 * @param outcomes the outcomes of the last deploys, the latest first
 * @param lastSequence the sequence number of the last deploy that activated something; see {@link
 *     #lastSequence(long)}
 * @param digests the SHA-256, in lower-case hex, of the archives that releases came in, as far as
 *     known; the release of an image came in none
 * @param fence the newest deploy of a fleet that was heard of; null if none was. It survives a new
 *     image: the owner of an older deploy is still late
 * @param unfollowed why a person does not want a start of the container to replace the image's
 *     release with the environment's; null if nobody said so. A new image ends it
 */
public record HomeState(
    @Nullable Commit image,
    List<Commit> proven,
    @Nullable PendingActivation pending,
    Map<Commit, String> refused,
    List<DeployOutcome> outcomes,
    long lastSequence,
    Map<Commit, String> digests,
    @Nullable Fence fence,
    @Nullable String unfollowed) {

  /** The number of outcomes kept: enough for a pipeline that comes back hours later. */
  static final int OUTCOMES_KEPT = 16;

  /** The number of proven commits remembered to go back to. */
  static final int PROVEN_KEPT = 16;

  /**
   * The limit on how far the clock of a pipeline may be ahead of the instance's. A sequence beyond
   * it is a mistake, and would keep all others out until its time has come.
   */
  public static final Duration SEQUENCE_TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** The state of a home that has seen nothing. */
  public static final HomeState EMPTY =
      new HomeState(null, List.of(), null, Map.of(), List.of(), 0, Map.of(), null, null);

  public HomeState {
    proven = List.copyOf(proven);
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    outcomes = List.copyOf(outcomes);
    digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    for (String digest : digests.values()) {
      if (!DIGEST.matcher(digest).matches()) {
        throw new IllegalArgumentException("'" + Text.shortened(digest, 80) + "' is not a SHA-256");
      }
    }
  }

  /** Returns the release that was proven last. */
  public Optional<Commit> lastProven() {
    return proven.stream().findFirst();
  }

  /**
   * Returns the release that a rollback goes back to: the latest one proven before the running one.
   * If the running one is not proven, that is the latest proven one.
   *
   * @param present whether a release can be returned to
   */
  public Optional<Commit> provenBefore(Commit running, Predicate<Commit> present) {
    // The index of an unproven release is -1, so the whole list lies before it.
    return proven.subList(proven.indexOf(running) + 1, proven.size()).stream()
        .filter(present)
        .findFirst();
  }

  /** Returns the outcome of a deploy; empty if it has not ended or is forgotten. */
  public Optional<DeployOutcome> outcome(DeployId id) {
    return outcomes.stream().filter(outcome -> outcome.id().equals(id)).findFirst();
  }

  /**
   * Returns the state of a container from a new image: the image's release wins, and refusals and
   * the pending activation are forgotten. The outcomes stay, for the pipelines that still ask.
   */
  public HomeState withNewImage(Commit newImage) {
    return new HomeState(
        newImage,
        List.of(newImage),
        null,
        Map.of(),
        outcomes,
        lastSequence,
        without(digests, newImage),
        fence,
        null);
  }

  /**
   * Returns the sequence number that a new deploy must be above. If the recorded one is ahead of
   * the clock by more than the tolerance, one of the two clocks was or is wrong and the number does
   * not count: the highest number below the limit among the remembered deploys counts instead.
   *
   * @param nowMillis this machine's time, UTC milliseconds
   */
  public long lastSequence(long nowMillis) {
    long latest = latestSequence(nowMillis);
    if (lastSequence <= latest) {
      return lastSequence;
    }
    long counted = 0;
    for (DeployOutcome outcome : outcomes) {
      if (outcome.result() != DeployResult.FAILED && outcome.sequence() <= latest) {
        counted = Math.max(counted, outcome.sequence());
      }
    }
    return counted;
  }

  /** Returns the highest sequence number that is accepted at a time. */
  public static long latestSequence(long nowMillis) {
    return nowMillis + SEQUENCE_TOLERANCE.toMillis();
  }

  /** Returns a state that accepts any sequence number next; for a person who knows why. */
  public HomeState withoutSequence() {
    return withSequence(0);
  }

  /** Returns a copy with another last sequence number. */
  public HomeState withSequence(long sequence) {
    return new HomeState(
        image, proven, pending, refused, outcomes, sequence, digests, fence, unfollowed);
  }

  /** Returns a copy with another fence, or none. */
  public HomeState withFence(@Nullable Fence newest) {
    return new HomeState(
        image, proven, pending, refused, outcomes, lastSequence, digests, newest, unfollowed);
  }

  /** Returns a copy in which a release that ran before is the one to go back to. */
  public HomeState withProvenAgain(Commit commit) {
    Set<Commit> history = new LinkedHashSet<>();
    history.add(commit);
    history.addAll(proven);
    return new HomeState(
        image,
        history.stream().limit(PROVEN_KEPT).toList(),
        pending,
        refused,
        outcomes,
        lastSequence,
        digests,
        fence,
        unfollowed);
  }

  /**
   * Returns a copy with or without a person's word that the image's release is the one to start.
   *
   * @param reason null for without
   */
  public HomeState withUnfollowed(@Nullable String reason) {
    return new HomeState(
        image, proven, pending, refused, outcomes, lastSequence, digests, fence, reason);
  }

  /**
   * Returns a copy that records the archive that a release came in.
   *
   * @param kept tells which other commits' digests are still remembered
   */
  public HomeState withDigest(Commit commit, String sha256, Predicate<Commit> kept) {
    Map<Commit, String> known = new TreeMap<>();
    digests.forEach(
        (other, digest) -> {
          if (kept.test(other) || isRemembered(other)) {
            known.put(other, digest);
          }
        });
    known.put(commit, sha256);
    return new HomeState(
        image, proven, pending, refused, outcomes, lastSequence, known, fence, unfollowed);
  }

  private boolean isRemembered(Commit commit) {
    return outcomes.stream().anyMatch(outcome -> outcome.commit().equals(commit));
  }

  private static Map<Commit, String> without(Map<Commit, String> digests, Commit commit) {
    Map<Commit, String> others = new TreeMap<>(digests);
    others.remove(commit);
    return others;
  }

  /** Returns a copy with an activation that begins: recorded before {@code current} is switched. */
  public HomeState withPending(PendingActivation activation) {
    return new HomeState(
        image,
        proven,
        activation,
        refused,
        outcomes.stream().filter(outcome -> !outcome.id().equals(activation.id())).toList(),
        activation.sequence(),
        digests,
        fence,
        unfollowed);
  }

  /** Returns a copy whose pending activation has reached a phase; unchanged if there is none. */
  public HomeState reached(Phase phase, long timeMillis) {
    return pending == null
        ? this
        : new HomeState(
            image,
            proven,
            pending.reached(phase, timeMillis),
            refused,
            outcomes,
            lastSequence,
            digests,
            fence,
            unfollowed);
  }

  /** Returns a copy in which the pending release is proven; unchanged if there is none. */
  public HomeState withPendingProven(long timeMillis) {
    if (pending == null) {
      return this;
    }
    PendingActivation done = pending.reached(Phase.PROVEN, timeMillis);
    Set<Commit> history = new LinkedHashSet<>();
    history.add(done.to());
    List<Commit> before = proven;
    if (done.rollback()) {
      before = proven.subList(Math.max(0, proven.indexOf(done.to())), proven.size());
    }
    history.addAll(before);
    Map<Commit, String> stillRefused = new TreeMap<>(refused);
    stillRefused.remove(done.to());
    return new HomeState(
        image,
        history.stream().limit(PROVEN_KEPT).toList(),
        null,
        stillRefused,
        with(outcome(done, DeployResult.PROVEN, "", null, List.of())),
        lastSequence,
        digests,
        fence,
        unfollowed);
  }

  /**
   * Returns a copy in which the pending release did not come up and the deploy's outcome is known.
   * With {@code process} its commit is refused from now on. A failure in place says something about
   * the strategy: the commit is refused to that strategy alone, and what was proven before stays
   * proven. Unchanged if nothing is pending.
   */
  public HomeState withPendingRolledBack(
      String reason, @Nullable Integer exitCode, List<String> lastLines) {
    if (pending == null) {
      return this;
    }
    return new HomeState(
        image,
        pending.inPlace() ? proven : provenWithout(pending.to()),
        null,
        refusedWith(pending, reason),
        with(outcome(pending, DeployResult.ROLLED_BACK, reason, exitCode, lastLines)),
        lastSequence,
        digests,
        fence,
        unfollowed);
  }

  private List<Commit> provenWithout(Commit failed) {
    return proven.stream().filter(commit -> !commit.equals(failed)).toList();
  }

  private Map<Commit, String> refusedWith(PendingActivation failed, String reason) {
    Commit commit = failed.to();
    if (failed.inPlace() && (proven.contains(commit) || refusedToAll(commit).isPresent())) {
      return refused;
    }
    Map<Commit, String> more = new TreeMap<>(refused);
    more.put(commit, failed.inPlace() ? StrategyName.scoped(failed.strategy(), reason) : reason);
    return more;
  }

  /** Returns why a commit is refused to all strategies; empty if one of them may deploy it. */
  public Optional<String> refusedToAll(Commit commit) {
    return Optional.ofNullable(refused.get(commit))
        .filter(reason -> StrategyName.scope(reason).isEmpty());
  }

  /** Returns why a commit is refused to one strategy, alone or with all others. */
  public Optional<String> refusedTo(String strategy, Commit commit) {
    return Optional.ofNullable(refused.get(commit))
        .filter(reason -> StrategyName.scope(reason).map(strategy::equals).orElse(true));
  }

  /**
   * Returns a copy in which the pending release is given up for the proven one without a verdict:
   * the launcher ended while it was on probation.
   */
  public HomeState withPendingGivenUp(String reason) {
    return withPendingGivenUp(reason, null, List.of());
  }

  /**
   * Returns a copy in which a pending release that did not come up is given up, but not refused: it
   * may lack what all instances lack just then.
   */
  public HomeState withPendingGivenUp(
      String reason, @Nullable Integer exitCode, List<String> lastLines) {
    if (pending == null) {
      return this;
    }
    return new HomeState(
        image,
        proven,
        null,
        refused,
        with(outcome(pending, DeployResult.ROLLED_BACK, reason, exitCode, lastLines)),
        lastSequence,
        digests,
        fence,
        unfollowed);
  }

  /**
   * Returns a copy with the outcome of a deploy that ended before anything was activated, or with a
   * fuller record of one.
   */
  public HomeState withOutcome(DeployOutcome outcome) {
    return new HomeState(
        image, proven, pending, refused, with(outcome), lastSequence, digests, fence, unfollowed);
  }

  private List<DeployOutcome> with(DeployOutcome latest) {
    Map<DeployId, DeployOutcome> byId = new LinkedHashMap<>();
    byId.put(latest.id(), latest);
    outcomes.forEach(outcome -> byId.putIfAbsent(outcome.id(), outcome));
    return new ArrayList<>(byId.values()).subList(0, Math.min(OUTCOMES_KEPT, byId.size()));
  }

  private static DeployOutcome outcome(
      PendingActivation activation,
      DeployResult result,
      String reason,
      @Nullable Integer exitCode,
      List<String> lastLines) {
    return new DeployOutcome(
        activation.id(),
        activation.sequence(),
        activation.to(),
        activation.from(),
        result,
        reason,
        exitCode,
        lastLines,
        activation.phases());
  }
}
