package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Probation;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that an activated release must show besides being ready, if it has an agent: a
 * control endpoint, because a release that cannot be reached could never be replaced, and classes
 * of its own. Pure: times are nanoseconds of one monotonic clock, given by the caller. Not
 * thread-safe.
 */
final class Evidence {

  /** The time for it after the soak, if the time to become ready is over too. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private boolean agent;
  private boolean listens;
  private @Nullable String failure;
  private @Nullable Long asked;
  private @Nullable Long classesKnownAt;

  /**
   * @param agent whether the service was started with the agent
   */
  Evidence(boolean agent) {
    this.agent = agent;
  }

  /** Records that an agent is there, whoever put it in. */
  void hasAgent() {
    agent = true;
  }

  /**
   * Forgets the agent that was heard: it is not the service's, so what it said was about another
   * JVM.
   */
  void forget() {
    listens = false;
    failure = null;
    asked = null;
    classesKnownAt = null;
  }

  /** Records that the control endpoint listens. */
  void listens() {
    listens = true;
  }

  /** Records that the proof has failed, for a reason. */
  void fails(String reason) {
    failure = reason;
  }

  /** Records that the agent was asked where the classes come from. */
  void asked(long now) {
    asked = now;
  }

  /** Records the agent's answer: why classes are not the release's, or an empty string. */
  void classes(String stale) {
    classesKnownAt = asked == null ? classesKnownAt : asked;
    asked = null;
    if (!stale.isEmpty()) {
      failure = stale;
    }
  }

  /** Returns the reason to reject the release; empty if there is none. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns true if nobody has asked for the classes since a time, and no answer is due. */
  boolean wantsClasses(long since) {
    Long known = classesKnownAt;
    return agent && asked == null && (known == null || known - since < 0);
  }

  /**
   * Returns what is not shown yet, as a reason; empty if everything is.
   *
   * @param soaked the end of the soak
   */
  Optional<String> lacking(long soaked) {
    if (!agent) {
      return Optional.empty();
    }
    if (!listens) {
      return Optional.of("it was ready, and its control endpoint did not come up");
    }
    Long known = classesKnownAt;
    return known != null && known - soaked >= 0
        ? Optional.empty()
        : Optional.of("it was ready, and did not tell where its classes come from");
  }

  /** Returns the latest time for all of it. */
  static long deadline(Probation probation) {
    long late = probation.nextLook() + PATIENCE.toNanos();
    return late - probation.deadline() > 0 ? late : probation.deadline();
  }
}
