package dev.fastdeploy.launcher.supervisor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The readiness of one process of the service, from its start to its end, even when nothing judges
 * it. Pure: times are nanoseconds of one monotonic clock, given by the caller. Not thread-safe.
 */
final class ServiceReadiness {

  private final Duration readyTimeout;
  private final Duration readyAfter;
  private final long deadline;
  private long earliest;
  private boolean saysReady;
  private boolean wasReady;
  private @Nullable String because;

  /**
   * @param now the start of the process
   * @param readyTimeout the time that it may take to become ready for the first time
   * @param readyAfter the time that it must have run to count as ready; zero if it says so itself
   */
  ServiceReadiness(long now, Duration readyTimeout, Duration readyAfter) {
    this.readyTimeout = readyTimeout;
    this.readyAfter = readyAfter;
    this.deadline = now + readyTimeout.toNanos();
    this.earliest = now + readyAfter.toNanos();
  }

  /** Records that it says it is ready. */
  void ready() {
    saysReady = true;
  }

  /** Records that it says it is not ready. */
  void unready(String reason) {
    saysReady = false;
    because = reason;
  }

  /** Records that it goes on with another release. */
  void runsAnother(long now) {
    earliest = now + readyAfter.toNanos();
  }

  /** Returns why it is not ready, in one line; empty if it is ready. */
  String unreadyBecause(long now) {
    if (!saysReady) {
      return because == null ? "the service has not said that it is ready" : because;
    }
    if (now - earliest < 0) {
      return "the service counts as ready once it has run for " + readyAfter.toMillis() + " ms";
    }
    wasReady = true;
    return "";
  }

  /** Returns true if it is ready or was ready before. */
  boolean wasReady(long now) {
    return unreadyBecause(now).isEmpty() || wasReady;
  }

  /**
   * Returns why its time is over without it ever having been ready, one line; empty if that is not
   * so, or if nothing was ever heard: an agent that could not be set up cannot tell, and the
   * service may work.
   */
  String overdueBecause(long now) {
    String unready = unreadyBecause(now);
    return nothingHeard() || wasReady || now - deadline < 0
        ? ""
        : "the service was not ready after " + readyTimeout.toMillis() + " ms: " + unready;
  }

  /** Returns true if its time to become ready is over. */
  boolean isOverdue(long now) {
    return now - deadline >= 0;
  }

  private boolean nothingHeard() {
    return !saysReady && because == null;
  }

  /** Returns the next time at which something changes without an event; null if there is none. */
  @Nullable Long nextLook(long now) {
    Long next = wasReady || now - deadline >= 0 ? null : (Long) deadline;
    boolean becomesReady = saysReady && now - earliest < 0;
    return becomesReady && (next == null || earliest - next < 0) ? (Long) earliest : next;
  }
}
