package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.run.SourceCheck;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import java.time.Duration;
import java.util.List;

/** Asks the sources of a fleet before anything is begun. */
final class FirstQuestion {

  private FirstQuestion() {}

  /**
   * Why a deploy must not begin by what the sources tell; empty if it may.
   *
   * @param patience how long a source is asked that does not tell
   * @param duringRollout whether it may begin while the platform replaces instances
   */
  static String refusal(List<FleetSource> sources, Duration patience, boolean duringRollout)
      throws InterruptedException {
    SourceCheck check = SourceCheck.of(sources, patience, !duringRollout);
    if (!check.silent().isEmpty()) {
      return "no whole answer from " + check.silent();
    }
    if (!check.rollouts().isEmpty()) {
      return check.rollouts()
          + ": it would replace instances that are being deployed to; wait until it is done, or give"
          + " --during-rollout";
    }
    return "";
  }
}
