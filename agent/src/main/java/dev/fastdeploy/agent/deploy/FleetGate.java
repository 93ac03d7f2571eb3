package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.Refusal;
import dev.fastdeploy.contract.RefusedException;
import dev.fastdeploy.contract.Text;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass that are meant for this instance, and of fleet deploys only the newest. It
 * records the epoch of each such request before anything else is checked: whatever becomes of the
 * request, an older deploy is over. One request at a time.
 */
final class FleetGate {

  private final DeployPolicy policy;
  private final ReleaseHome home;

  FleetGate(DeployPolicy policy, ReleaseHome home) {
    this.policy = policy;
    this.home = home;
  }

  /**
   * Lets a request pass, or refuses it.
   *
   * @return true if its epoch is newer than any before
   * @throws RefusedException if it is for another instance or comes too late, or if its epoch could
   *     not be recorded
   */
  boolean pass(InstanceRequest request) throws RefusedException {
    FleetEpoch fleet = request.fleet();
    EnvironmentName environment = fleet.environment();
    if (environment == null) {
      return false;
    }
    requireEnvironment(environment);
    if (!fleet.hasRecord()) {
      return false;
    }
    requireApp(request.expected().app());
    long seen = seen();
    if (fleet.epoch() < seen) {
      throw new RefusedException(
          Refusal.OLDER_EPOCH,
          "the epoch "
              + fleet.epoch()
              + " of '"
              + environment
              + "' is below "
              + seen
              + ", that of a newer deploy which this instance has seen; this deploy is over, begin"
              + " another");
    }
    if (fleet.epoch() > seen) {
      remember(new Fence(policy.app(), environment, fleet.epoch(), 0));
    }
    return fleet.epoch() > seen;
  }

  /**
   * Returns the highest epoch of its own record that this instance has seen; 0 if there is none.
   *
   * @param memory the home's memory
   */
  long seen(HomeState memory) {
    EnvironmentName environment = policy.environment();
    Fence fence = memory.fence();
    return environment != null && fence != null && fence.isOf(policy.app(), environment)
        ? fence.epoch()
        : 0;
  }

  /** Returns the state after an admitted request was begun. */
  static HomeState taken(InstanceRequest request, HomeState state) {
    Fence fence = state.fence();
    return fence != null && request.fleet().hasRecord()
        ? state.withFence(fence.took(request.sequence()))
        : state;
  }

  private void requireEnvironment(EnvironmentName wanted) throws RefusedException {
    @Nullable EnvironmentName own = policy.environment();
    if (own == null) {
      throw new RefusedException(
          Refusal.OTHER_ENVIRONMENT,
          "the request is for the environment '"
              + wanted
              + "', and this instance was told of none; start its launcher with --env "
              + wanted);
    }
    if (!own.equals(wanted)) {
      throw new RefusedException(
          Refusal.OTHER_ENVIRONMENT,
          "the request is for the environment '"
              + wanted
              + "', this instance belongs to '"
              + own
              + "'; check the targets and --env");
    }
  }

  /**
   * Refuses a request for another application, or for any if the instance knows none: an epoch
   * counts the deploys of one application, and where none is known it could be any's.
   */
  private void requireApp(String wanted) throws RefusedException {
    if (policy.app().isEmpty()) {
      throw new RefusedException(
          Refusal.OTHER_APP,
          "the request is for the application '"
              + Text.shortened(wanted, 128)
              + "', and this instance was told of none; start its launcher with --app");
    }
    Admission.requireApp(wanted, policy);
  }

  private long seen() throws RefusedException {
    try {
      return seen(home.state());
    } catch (IOException unreadable) {
      throw new RefusedException(Refusal.HOME_UNWRITABLE, Diagnostics.reason(unreadable));
    }
  }

  private void remember(Fence newest) throws RefusedException {
    try {
      home.change(state -> state.withFence(newest));
    } catch (IOException failure) {
      throw new RefusedException(
          Refusal.HOME_UNWRITABLE,
          "the epoch "
              + newest.epoch()
              + " could not be recorded: "
              + Diagnostics.reason(failure)
              + "; make room in the home, or mount a volume that can be written");
    }
  }
}
