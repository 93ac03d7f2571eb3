package dev.fastdeploy.launcher.fleet;

import dev.fastdeploy.control.v1.CancelResponse;
import java.time.Duration;
import java.util.List;

/** Asks instances to cancel a deploy that has not activated anything. Used by one thread. */
public final class FleetCancel {

  private final InstanceClients clients;
  private final List<Target> targets;
  private final Duration deadline;

  /**
   * @param deadline time for the answer of each instance
   */
  public FleetCancel(InstanceClients clients, List<Target> targets, Duration deadline) {
    this.clients = clients;
    this.targets = targets;
    this.deadline = deadline;
  }

  /**
   * Asks each instance; the answers are in the order of the targets.
   *
   * @param deployId the deploy to cancel, or empty for the one under way
   */
  public List<Cancelled> cancel(String deployId) throws InterruptedException {
    return new EachInstance(clients, targets)
        .<CancelResponse, Cancelled>ask(
            (client, answer) -> client.cancel(deployId, deadline, answer),
            FleetCancel::translated,
            FleetCancel::failed);
  }

  private static Cancelled translated(Target target, CancelResponse said) {
    Cancelled.Result result =
        switch (said.getResult()) {
          case CANCELLATION_ENDING -> Cancelled.Result.CANCELLED;
          case CANCELLATION_NOT_UNDER_WAY -> Cancelled.Result.NOT_UNDER_WAY;
          case CANCELLATION_TOO_LATE -> Cancelled.Result.TOO_LATE;
          case CANCELLATION_UNSPECIFIED, UNRECOGNIZED -> Cancelled.Result.FAILED;
        };
    return new Cancelled(
        target.name(), result, said.getDeployId(), said.getCommit(), said.getReason());
  }

  private static Cancelled failed(Target target, CallFailure failure) {
    Cancelled.Result result =
        failure.answered() ? Cancelled.Result.FAILED : Cancelled.Result.UNREACHABLE;
    return new Cancelled(target.name(), result, "", "", failure.message());
  }
}
