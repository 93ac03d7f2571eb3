package dev.fastdeploy.launcher.supervisor.health;

import dev.fastdeploy.contract.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshots for tests. */
final class Snapshots {

  private Snapshots() {}

  static HealthSnapshot ready() {
    return of(HealthState.READY, "c2", "", "");
  }

  static HealthSnapshot of(
      HealthState state, String commit, String unreadyBecause, String deadBecause) {
    return new HealthSnapshot(
        state,
        commit,
        3,
        unreadyBecause,
        deadBecause,
        1_700_000_000_123L,
        1_700_000_060_000L,
        List.of(
            new ReloadCount("process", "proven", 2), new ReloadCount("process", "rolled_back", 1)),
        1,
        Map.of("reload", 2L, "rollback", 1L),
        Optional.of(
            ReloadTimes.of(
                Map.of(
                    Phase.ACCEPTED, 1_000L,
                    Phase.STAGED, 3_500L,
                    Phase.ACTIVATED, 3_501L,
                    Phase.DRAINING, 3_510L,
                    Phase.READY, 5_010L))));
  }
}
