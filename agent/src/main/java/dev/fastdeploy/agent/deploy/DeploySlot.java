package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds the deploy that is under way, at most one, and the facts that end its right to activate:
 * the process was told to stop, or a newer deploy of the fleet has followed. Thread-safe. Nothing
 * here reads or writes a disk, so a status and a stop never wait for one.
 */
final class DeploySlot {

  private @Nullable ActiveDeploy active;
  private boolean stopping;

  /** The highest epoch that this process has admitted. */
  private long newestEpoch;

  /** Returns the deploy that is under way; null if there is none. */
  synchronized @Nullable ActiveDeploy active() {
    return active;
  }

  /** Returns true if the process was told to stop. */
  synchronized boolean isStopping() {
    return stopping;
  }

  /** Notes that the process was told to stop. Nothing is begun or activated any more. */
  synchronized void stop() {
    stopping = true;
  }

  /**
   * Makes sure that a deploy can be begun.
   *
   * @throws RefusedException if one is under way, or the process was told to stop
   */
  synchronized void requireFree() throws RefusedException {
    if (stopping) {
      throw new RefusedException(Refusal.STOPPING, "the instance was told to stop");
    }
    if (active != null) {
      throw new RefusedException(
          Refusal.BUSY,
          "the deploy "
              + active.plan().id()
              + " of "
              + active.plan().commit()
              + " is under way; wait for its outcome");
    }
  }

  /** Notes that a deploy is under way from now on. */
  synchronized void take(ActiveDeploy deploy) {
    active = deploy;
  }

  /** Notes that a deploy is no longer under way. */
  synchronized void free(ActiveDeploy deploy) {
    if (active == deploy) {
      active = null;
    }
  }

  /**
   * Notes that a request has passed the fleet's gate. If it asks for the deploy that is under way,
   * its owner has taken over that deploy, which continues in the new epoch.
   *
   * @param newEpoch true if its epoch is newer than any before
   */
  synchronized void letIn(InstanceRequest request, boolean newEpoch) {
    FleetEpoch fleet = request.fleet();
    if (fleet.hasRecord()) {
      newestEpoch = fleet.epoch();
    }
    if (newEpoch && active != null && active.isAskedForBy(request)) {
      active.goesOnIn(fleet.epoch());
    }
  }

  /**
   * Lets a deploy activate its release. From now on it cannot be cancelled, and the end of the
   * process does not end it.
   *
   * @throws IOException if it must end instead, with a message for the user
   */
  synchronized void letActivate(ActiveDeploy deploy) throws IOException {
    if (stopping) {
      throw new IOException("the instance was told to stop");
    }
    long epoch = deploy.epoch();
    if (epoch > 0 && epoch < newestEpoch) {
      throw new IOException(
          "the deploy of the epoch " + newestEpoch + " has followed, and this one is of " + epoch);
    }
    deploy.passCancelling();
    deploy.enter(InstanceState.ACTIVATING);
  }

  /**
   * Notes that the process ends.
   *
   * @return the deploy that ends with it and has activated nothing; null if there is none
   */
  synchronized @Nullable ActiveDeploy processEnds() {
    stopping = true;
    ActiveDeploy current = active;
    if (current == null || current.plan().stagesOnly() || !current.hasChangedNothing()) {
      return null;
    }
    active = null;
    return current;
  }
}
