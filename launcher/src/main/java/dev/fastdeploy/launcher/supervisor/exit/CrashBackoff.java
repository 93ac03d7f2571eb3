package dev.fastdeploy.launcher.supervisor.exit;

import dev.fastdeploy.launcher.supervisor.configuration.RestartPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts the crashes of a service in a row, and tells how long to wait before the next start: a
 * second, then twice as long each time, up to half a minute. A service that ran well for a while
 * begins anew. Reads no clock. Not thread-safe.
 */
public final class CrashBackoff {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** A crash after so long is another matter than the one before. */
  static final Duration RAN_WELL = Duration.ofSeconds(60);

  private final RestartPolicy policy;
  private int restarts;

  public CrashBackoff(RestartPolicy policy) {
    this.policy = policy;
  }

  /**
   * The service has crashed.
   *
   * @param ran how long it had run
   * @return how long to wait before it is started again; nothing if it is not
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

  /** The restarts in words, like {@code 2 of 5}. */
  public String count() {
    return policy.endless() ? "" + restarts : restarts + " of " + policy.most();
  }

  /** The vain restarts in words; empty while another is left. */
  public Optional<String> usedUp() {
    return restarts == 0 || restarts < policy.most()
        ? Optional.empty()
        : Optional.of(
            "it was started again " + (restarts == 1 ? "once" : restarts + " times in a row"));
  }

  private static Duration wait(int restart) {
    // From the sixth on it would be more than the longest.
    Duration doubled = FIRST.multipliedBy(1L << Math.min(restart - 1, 6));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
