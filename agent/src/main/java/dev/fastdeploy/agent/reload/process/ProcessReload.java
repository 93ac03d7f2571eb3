package dev.fastdeploy.agent.reload.process;

import dev.fastdeploy.agent.reload.ReloadDeclinedException;
import dev.fastdeploy.agent.reload.ReloadRequest;
import dev.fastdeploy.agent.reload.ReloadStrategy;
import dev.fastdeploy.agent.reload.ServiceExit;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.StrategyName;
import java.util.Optional;

/**
 * Announces the reload to the launcher, then ends the process. The announcement comes first and is
 * acknowledged: an exit that the launcher does not expect counts as a crash.
 */
public final class ProcessReload implements ReloadStrategy {

  private final ReloadAnnouncement launcher;
  private final ServiceExit exit;
  private final ConnectionDrain connections;

  /**
   * Creates the strategy.
   *
   * @param launcher the launcher to announce to
   * @param exit the way to end the process
   * @param connections the way to end its connections before, if the launcher holds the listeners
   */
  public ProcessReload(ReloadAnnouncement launcher, ServiceExit exit, ConnectionDrain connections) {
    this.connections = connections;
    this.launcher = launcher;
    this.exit = exit;
  }

  @Override
  public String name() {
    return StrategyName.PROCESS;
  }

  @Override
  public void reload(ReloadRequest request) throws ReloadDeclinedException {
    Optional<HoldOffer> offer = launcher.announce(request.id(), request.to().commit());
    // The reload can no longer be declined: the launcher waits for this process to end.
    try {
      request.progress().draining(exit.drainTimeout());
      request.progress().reloading();
    } catch (Throwable failure) {
      Diagnostics.say("the reload was not told: " + Diagnostics.reason(failure));
    } finally {
      exit.exitForReload(() -> offer.ifPresent(this::drain));
    }
  }

  /** The rest of the time is the application's, to end what it still does. */
  private void drain(HoldOffer offer) {
    connections.drain(offer, exit.drainTimeout().multipliedBy(3).dividedBy(4));
  }
}
