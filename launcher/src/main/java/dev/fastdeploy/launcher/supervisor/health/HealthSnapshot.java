package dev.fastdeploy.launcher.supervisor.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the launcher knows of its instance at one moment.
 *
 * @param commit what the service was started from or goes on with; empty before the first start
 * @param attempt how often the service was started; 0 before the first time
 * @param unreadyBecause one line; empty if the service is ready
 * @param deadBecause why the platform should replace the container, one line; empty if it should
 *     not
 * @param launcherStartMillis when the launcher was started, UTC
 * @param serviceStartMillis when the service was started last, UTC; 0 before the first time
 * @param reloads how the reloads so far ended
 * @param rollbacks how often the launcher or the agent went back to the release before
 * @param restarts how often the service was started again, by the reason
 * @param lastReload how long the last reload took; nothing before the first
 */
public record HealthSnapshot(
    HealthState state,
    String commit,
    int attempt,
    String unreadyBecause,
    String deadBecause,
    long launcherStartMillis,
    long serviceStartMillis,
    List<ReloadCount> reloads,
    long rollbacks,
    Map<String, Long> restarts,
    Optional<ReloadTimes> lastReload) {

  public HealthSnapshot {
    reloads = List.copyOf(reloads);
    restarts = Map.copyOf(restarts);
  }

  /** Before anything is known. */
  static HealthSnapshot initial(long launcherStartMillis) {
    return new HealthSnapshot(
        HealthState.STARTING,
        "",
        0,
        "the service is not started yet",
        "",
        launcherStartMillis,
        0,
        List.of(),
        0,
        Map.of(),
        Optional.empty());
  }

  /** Returns true if the service is ready. */
  public boolean ready() {
    return unreadyBecause.isEmpty();
  }

  /** Returns true if the launcher does its work within its budgets. */
  public boolean live() {
    return deadBecause.isEmpty();
  }
}
