package dev.fastdeploy.launcher.supervisor.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The launcher's knowledge of its instance at one moment.
 *
 * @param commit the commit that the service was started from or goes on with; empty before the
 *     first start
 * @param attempt the number of starts of the service; 0 before the first one
 * @param unreadyBecause one line; empty if the service is ready
 * @param deadBecause why the platform should replace the container, one line; empty if it should
 *     not
 * @param launcherStartMillis the start of the launcher, UTC
 * @param serviceStartMillis the last start of the service, UTC; 0 before the first one
 * @param reloads the outcomes of the reloads so far
 * @param rollbacks the number of times that the launcher or the agent went back to the previous
 *     release
 * @param restarts the number of restarts of the service, by reason
 * @param lastReload the duration of the last reload; empty before the first
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

  /** Returns the snapshot before anything is known. */
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
