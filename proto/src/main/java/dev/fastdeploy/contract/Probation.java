package dev.fastdeploy.contract;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a started release must become ready and stay so. Pure: times are nanoseconds of
 * one monotonic clock, given by the caller. Not thread-safe.
 */
public final class Probation {

  private final Duration readyTimeout;
  private final long deadline;
  private final long soak;
  private final long earliestReady;
  private boolean serviceReady;
  private @Nullable Long readySince;
  private String unreadyBecause = "it has not said that it is ready";

  /**
   * @param now when the release was started
   * @param readyTimeout until when it must be ready, from then
   * @param readyAfter how long it must have run to count as ready; zero if it says so itself
   * @param soak how long it must stay ready
   */
  public Probation(long now, Duration readyTimeout, Duration readyAfter, Duration soak) {
    this.readyTimeout = readyTimeout;
    this.deadline = now + readyTimeout.toNanos();
    this.earliestReady = now + readyAfter.toNanos();
    this.soak = soak.toNanos();
  }

  /** The service said that it is ready. */
  public void ready(long now) {
    serviceReady = true;
    becomeReady(now);
  }

  /**
   * The service said that it is not ready. A soak that had begun begins anew when it is ready
   * again.
   */
  public void unready(String reason) {
    serviceReady = false;
    readySince = null;
    unreadyBecause = reason;
  }

  /** Whether the release counts as ready. */
  public boolean isReady() {
    return readySince != null;
  }

  /** The verdict at a time; asked after each event and at {@link #nextLook}. */
  public Verdict verdict(long now) {
    becomeReady(now);
    Long since = readySince;
    if (since != null) {
      return now - since >= soak ? Verdict.PROVEN : Verdict.SOAKING;
    }
    return now - deadline >= 0 ? Verdict.TOO_LATE : Verdict.WAITING;
  }

  /** Until when it must have become ready. */
  public long deadline() {
    return deadline;
  }

  /** When the verdict can change without an event. */
  public long nextLook() {
    Long since = readySince;
    if (since != null) {
      return since + soak;
    }
    return serviceReady && earliestReady - deadline < 0 ? earliestReady : deadline;
  }

  /**
   * Why the release is {@link Verdict#TOO_LATE}: in which time, and what it told of itself last.
   */
  public String tooLateBecause() {
    return "it was not ready after " + readyTimeout.toMillis() + " ms: " + unreadyBecause;
  }

  private void becomeReady(long now) {
    if (serviceReady && readySince == null && now - earliestReady >= 0) {
      readySince = now;
    }
  }

  /** How a probation stands. */
  public enum Verdict {
    /** Not ready yet. */
    WAITING,
    /** Ready, and must stay so. */
    SOAKING,
    /** Ready for long enough. */
    PROVEN,
    /** Not ready in time. */
    TOO_LATE
  }
}
