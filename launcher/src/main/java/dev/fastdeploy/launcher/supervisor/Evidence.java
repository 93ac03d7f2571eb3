package dev.fastdeploy.launcher.supervisor;

import dev.fastdeploy.contract.Probation;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a release that was activated must show besides being ready, if it has an agent: a control
 * endpoint, for one that cannot be reached could never be replaced, and classes of its own. Pure:
 * times are nanoseconds of one monotonic clock, given by the caller. Not thread-safe.
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

  /** An agent is there, whoever put it in. */
  void hasAgent() {
    agent = true;
  }

  /** The agent that was heard is none of the service's: what it said was not about that. */
  void forget() {
    listens = false;
    failure = null;
    asked = null;
    classesKnownAt = null;
  }

  /** The control endpoint listens. */
  void listens() {
    listens = true;
  }

  /** The proof has failed, for a reason. */
  void fails(String reason) {
    failure = reason;
  }

  /** The agent was asked where the classes come from. */
  void asked(long now) {
    asked = now;
  }

  /** The agent has answered; of classes that are not the release's it tells why. */
  void classes(String stale) {
    classesKnownAt = asked == null ? classesKnownAt : asked;
    asked = null;
    if (!stale.isEmpty()) {
      failure = stale;
    }
  }

  /** The reason to reject the release; empty if there is none. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns true if nobody has asked for the classes since a time, and no answer is due. */
  boolean wantsClasses(long since) {
    Long known = classesKnownAt;
    return agent && asked == null && (known == null || known - since < 0);
  }

  /**
   * What is not shown yet, as a reason; nothing if all is.
   *
   * @param soaked when the soak was over
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

  /** The latest time for all of it. */
  static long deadline(Probation probation) {
    long late = probation.nextLook() + PATIENCE.toNanos();
    return late - probation.deadline() > 0 ? late : probation.deadline();
  }
}
