package dev.fastdeploy.launcher.command;

import dev.fastdeploy.launcher.fleet.run.SourceCheck;
import dev.fastdeploy.launcher.fleet.source.FleetSource;
import java.time.Duration;
import java.util.List;

/** Asks the sources of a fleet before a deploy begins. */
final class FirstQuestion {

  private FirstQuestion() {}

  /**
   * Returns why the sources' answers forbid a deploy to begin, or an empty string if it may.
   *
   * @param patience how long to keep asking a source that does not answer
   * @param duringRollout whether it may begin while the platform replaces instances
   */
  static String refusal(List<FleetSource> sources, Duration patience, boolean duringRollout)
      throws InterruptedException {
    SourceCheck check = SourceCheck.of(sources, patience, !duringRollout);
    if (!check.silent().isEmpty()) {
      return "no complete answer from " + check.silent();
    }
    if (!check.rollouts().isEmpty()) {
      return check.rollouts()
          + ": it would replace instances in the middle of the deploy; wait until it is done, or"
          + " give --during-rollout";
    }
    return "";
  }
}
