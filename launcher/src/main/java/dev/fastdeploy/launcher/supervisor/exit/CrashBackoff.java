package dev.fastdeploy.launcher.supervisor.exit;

import dev.fastdeploy.launcher.supervisor.configuration.RestartPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts the crashes of a service in a row, and returns the wait before the next start: a second,
 * then twice as long each time, up to half a minute. A service that ran well for a while starts
 * over. Reads no clock. Not thread-safe.
 */
public final class CrashBackoff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** The run after which a crash has nothing to do with the previous one. */
  static final Duration RAN_WELL = Duration.ofSeconds(60);

  private final RestartPolicy policy;
  private int restarts;

  public CrashBackoff(RestartPolicy policy) {
    this.policy = policy;
  }

  /**
   * Records that the service has crashed.
   *
   * @param ran how long it had run
   * @return the wait before it is started again; empty if it is not started again
   */
  public Optional<Duration> afterCrash(Duration ran) {
    if (ran.compareTo(RAN_WELL) >= 0) {
      restarts = 0;
    }
    if (restarts >= policy.most()) {
      return Optional.empty();
    }
    restarts++;
    return Optional.of(wait(restarts));
  }

  /** Returns the restarts in words, such as {@code 2 of 5}. */
  public String count() {
    return policy.endless() ? "" + restarts : restarts + " of " + policy.most();
  }

  /** Returns the failed restarts in words; empty while another is left. */
  public Optional<String> usedUp() {
    return restarts == 0 || restarts < policy.most()
        ? Optional.empty()
        : Optional.of(
            "it was started again " + (restarts == 1 ? "once" : restarts + " times in a row"));
  }

  private static Duration wait(int restart) {
    // From the sixth on it would exceed the longest.
    Duration doubled = FIRST.multipliedBy(1L << Math.min(restart - 1, 6));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
