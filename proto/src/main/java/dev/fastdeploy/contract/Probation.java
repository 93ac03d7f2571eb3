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
   * @param now the start of the release
   * @param readyTimeout the time from then within which it must be ready
   * @param readyAfter the time that it must have run to count as ready; zero if it says so itself
   * @param soak the time for which it must stay ready
   */
  public Probation(long now, Duration readyTimeout, Duration readyAfter, Duration soak) {
    this.readyTimeout = readyTimeout;
    this.deadline = now + readyTimeout.toNanos();
    this.earliestReady = now + readyAfter.toNanos();
    this.soak = soak.toNanos();
  }

  /** Records that the service said it is ready. */
  public void ready(long now) {
    serviceReady = true;
    becomeReady(now);
  }

  /**
   * Records that the service said it is not ready. A soak that had begun starts again when the
   * service is ready again.
   */
  public void unready(String reason) {
    serviceReady = false;
    readySince = null;
    unreadyBecause = reason;
  }

  /** Returns true if the release counts as ready. */
  public boolean isReady() {
    return readySince != null;
  }

  /** Returns the verdict at a time; asked for after each event and at {@link #nextLook}. */
  public Verdict verdict(long now) {
    becomeReady(now);
    Long since = readySince;
    if (since != null) {
      return now - since >= soak ? Verdict.PROVEN : Verdict.SOAKING;
    }
    return now - deadline >= 0 ? Verdict.TOO_LATE : Verdict.WAITING;
  }

  /** Returns the time by which it must have become ready. */
  public long deadline() {
    return deadline;
  }

  /** Returns the next time at which the verdict can change without an event. */
  public long nextLook() {
    Long since = readySince;
    if (since != null) {
      return since + soak;
    }
    return serviceReady && earliestReady - deadline < 0 ? earliestReady : deadline;
  }

  /**
   * Returns why the release is {@link Verdict#TOO_LATE}: the time it had, and what it last said of
   * itself.
   */
  public String tooLateBecause() {
    return "it was not ready after " + readyTimeout.toMillis() + " ms: " + unreadyBecause;
  }

  private void becomeReady(long now) {
    if (serviceReady && readySince == null && now - earliestReady >= 0) {
      readySince = now;
    }
  }

  /** The states of a probation. */
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
