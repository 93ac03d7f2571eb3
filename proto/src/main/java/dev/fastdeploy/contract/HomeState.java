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
 * What a home remembers over restarts. A value: every change gives a new one, and {@link Home}
 * makes it durable as a whole, so that no two facts in it can contradict each other after a kill.
 *
 * @param image the commit that the container image was built with
 * @param proven the releases that were proven, the latest first, without repetition
 * @param pending the activation that is not proven yet
 * @param refused commits that did not come up, with the reason; it begins with the name of a
 *     strategy if they are refused to that one alone
 * @param outcomes how the last deploys ended, the latest first
 * @param lastSequence the sequence number of the last deploy that activated something; see {@link
 *     #lastSequence(long)}
 * @param digests the SHA-256, in lower-case hex, of the archives that releases came in, as far as
 *     they are known; the release of an image came in none
 * @param fence the newest deploy of a fleet that was heard of; null if none was. A new image does
 *     not end it: who owned an older deploy is still late
 * @param unfollowed why a person does not want the image's release replaced by the environment's at
 *     a start of the container; null if nobody said so. A new image ends it
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

  /** How many outcomes are kept: enough for a pipeline that comes back hours later. */
  static final int OUTCOMES_KEPT = 16;

  /** How many proven commits are remembered to go back to. */
  static final int PROVEN_KEPT = 16;

  /**
   * How far the clock of a pipeline may be ahead of the instance's. A sequence beyond that is a
   * mistake, and would keep all others out until its time has come.
   */
  public static final Duration SEQUENCE_TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** A home that has seen nothing. */
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

  /** The release that was proven last. */
  public Optional<Commit> lastProven() {
    return proven.stream().findFirst();
  }

  /**
   * The release that a rollback returns to: the latest one that was proven before the running one.
   * If the running one is not proven that is the latest proven one.
   *
   * @param present whether a release can be returned to
   */
  public Optional<Commit> provenBefore(Commit running, Predicate<Commit> present) {
    // Of an unproven release the index is -1, and the whole list lies before it.
    return proven.subList(proven.indexOf(running) + 1, proven.size()).stream()
        .filter(present)
        .findFirst();
  }

  /** The outcome of a deploy, if it ended and is still remembered. */
  public Optional<DeployOutcome> outcome(DeployId id) {
    return outcomes.stream().filter(outcome -> outcome.id().equals(id)).findFirst();
  }

  /**
   * A container from a new image: its release wins, refusals and what was pending are forgotten.
   * The outcomes stay, for the pipelines that still ask.
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
   * The sequence number that a new deploy must be above. Where the one that is recorded lies ahead
   * of the clock by more than the tolerance, one of the two clocks was wrong, then or now, and it
   * does not count: the highest of the deploys that are remembered does that lies below.
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

  /** The highest sequence number that is taken at a time. */
  public static long latestSequence(long nowMillis) {
    return nowMillis + SEQUENCE_TOLERANCE.toMillis();
  }

  /** The next deploy is taken whatever its sequence number; for a person who knows why. */
  public HomeState withoutSequence() {
    return withSequence(0);
  }

  /** The same with another last sequence number. */
  public HomeState withSequence(long sequence) {
    return new HomeState(
        image, proven, pending, refused, outcomes, sequence, digests, fence, unfollowed);
  }

  /** The same with another fence, or none. */
  public HomeState withFence(@Nullable Fence newest) {
    return new HomeState(
        image, proven, pending, refused, outcomes, lastSequence, digests, newest, unfollowed);
  }

  /** A release that ran before is the one to go back to. */
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
   * The same, with or without a person's word that the image's release is the one to start.
   *
   * @param reason null for without
   */
  public HomeState withUnfollowed(@Nullable String reason) {
    return new HomeState(
        image, proven, pending, refused, outcomes, lastSequence, digests, fence, reason);
  }

  /**
   * A release came in an archive.
   *
   * @param kept whose digests are remembered beside it
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

  /** An activation begins: recorded before {@code current} is switched. */
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

  /** The pending activation has reached a phase; nothing changes if there is none. */
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

  /** The pending release is proven; nothing changes if there is none. */
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
   * The pending release did not come up and the deploy's outcome is known. By {@code process} its
   * commit is refused from now on. In place that says something about the strategy: the commit is
   * refused to that one alone, and what was proven before stays so. Nothing changes if nothing is
   * pending.
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

  /** Why a commit is refused whatever the strategy; nothing if one of them may take it. */
  public Optional<String> refusedToAll(Commit commit) {
    return Optional.ofNullable(refused.get(commit))
        .filter(reason -> StrategyName.scope(reason).isEmpty());
  }

  /** Why a commit is refused to one strategy: to it alone, or to all. */
  public Optional<String> refusedTo(String strategy, Commit commit) {
    return Optional.ofNullable(refused.get(commit))
        .filter(reason -> StrategyName.scope(reason).map(strategy::equals).orElse(true));
  }

  /**
   * The pending release is given up for the proven one without a verdict about it: the launcher
   * ended while it was on probation.
   */
  public HomeState withPendingGivenUp(String reason) {
    return withPendingGivenUp(reason, null, List.of());
  }

  /**
   * The same for one that did not come up, and that may another time: what it lacks may be what all
   * instances lack just then.
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

  /** A deploy ended before anything was activated, or its record is replaced by a fuller one. */
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
