package dev.fastdeploy.agent.reload.process;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.util.Optional;

/** The part of the launcher that only this strategy needs. */
@FunctionalInterface
public interface ReloadAnnouncement {

  /**
   * Announces that the process is about to end so that a release can start, and waits until the
   * launcher knows.
   *
   * @return the launcher's offer to hold the service's listeners; empty if it holds none
   * @throws ReloadDeclinedException if the launcher declines, does not answer or has gone
   */
  Optional<HoldOffer> announce(DeployId id, Commit commit) throws ReloadDeclinedException;
}
