package dev.fastdeploy.agent.reload.process;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.StrategyName;

/**
 * Announces the reload to the launcher, then ends the process. The announcement comes first and is
 * acknowledged: an exit that the launcher does not expect counts as a crash.
 */
public final class ProcessReload implements ReloadStrategy {

  private final ReloadAnnouncement launcher;
  private final ServiceExit exit;

  /** Creates the strategy from the launcher to announce to and the way to end the process. */
  public ProcessReload(ReloadAnnouncement launcher, ServiceExit exit) {
    this.launcher = launcher;
    this.exit = exit;
  }

  @Override
  public String name() {
    return StrategyName.PROCESS;
  }

  @Override
  public void reload(ReloadRequest request) throws ReloadDeclinedException {
    launcher.announce(request.id(), request.to().commit());
    // The reload can no longer be declined: the launcher waits for this process to end.
    try {
      request.progress().draining(exit.drainTimeout());
      request.progress().reloading();
    } catch (Throwable failure) {
      Diagnostics.say("the reload was not told: " + Diagnostics.reason(failure));
    } finally {
      exit.exitForReload();
    }
  }
}
