package dev.fastdeploy.agent.reload.process;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;

/** What this strategy needs of the launcher beside what all do. */
@FunctionalInterface
public interface ReloadAnnouncement {

  /**
   * Announces that the process is about to end so that a release is started, and waits until the
   * launcher knows.
   *
   * @throws ReloadDeclinedException if the launcher declines, does not answer or has gone
   */
  void announce(DeployId id, Commit commit) throws ReloadDeclinedException;
}
