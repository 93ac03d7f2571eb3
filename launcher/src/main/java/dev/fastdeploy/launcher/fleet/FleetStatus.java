package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.InstanceStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks many instances what they run. Used by one thread. */
public final class FleetStatus {

  private final InstanceClients clients;
  private final List<Target> targets;
  private final Duration deadline;

  /**
   * @param deadline time for the answer of each instance
   */
  public FleetStatus(InstanceClients clients, List<Target> targets, Duration deadline) {
    this.clients = clients;
    this.targets = targets;
    this.deadline = deadline;
  }

  /** Asks each instance once; the answers are in the order of the targets. */
  public List<InstanceView> ask() throws InterruptedException {
    return new EachInstance(clients, targets)
        .<InstanceStatus, InstanceView>ask(
            (client, answer) -> client.status(deadline, answer),
            InstanceViews::of,
            InstanceView::failed);
  }

  /**
   * Reports each instance's status now and after each change, until the thread is interrupted. An
   * instance that does not answer, or stops answering, is reported once and asked again after a
   * pause, which grows.
   */
  public void watch(Consumer<InstanceView> listener) throws InterruptedException {
    new FleetWatch(clients, listener).run(targets);
  }
}
