package dev.fastdeploy.agent.reload.process;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;

/** The part of the launcher that only this strategy needs. */
@FunctionalInterface
public interface ReloadAnnouncement {

  /**
   * Announces that the process is about to end so that a release can start, and waits until the
   * launcher knows.
   *
   * @throws ReloadDeclinedException if the launcher declines, does not answer or has gone
   */
  void announce(DeployId id, Commit commit) throws ReloadDeclinedException;
}
