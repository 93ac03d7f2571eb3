package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Fence;
import org.jspecify.annotations.Nullable;

/**
 * The environment that a request is for, and the deploy in that environment's record that it
 * belongs to.
 *
 * @param environment null if the request names none
 * @param epoch the number of the deploy in the record; 0 if it has no record
 */
public record FleetEpoch(@Nullable EnvironmentName environment, long epoch) {

  /** The value for a request that is meant for whichever instance it reaches. */
  public static final FleetEpoch NONE = new FleetEpoch(null, 0);

  /**
   * @throws IllegalArgumentException if the epoch is out of range, with a message for the user
   */
  public FleetEpoch {
    if (epoch < 0 || epoch > Fence.HIGHEST_EPOCH) {
      throw new IllegalArgumentException(
          "the epoch "
              + epoch
              + " is not from 0 to "
              + Fence.HIGHEST_EPOCH
              + "; take that of the record");
    }
  }

  /**
   * Returns what a request says.
   *
   * @param app the application that it names
   * @param environment the environment that it names; may be empty
   * @throws IllegalArgumentException if the values are invalid or do not say whose epoch it is,
   *     with a message for the user
   */
  public static FleetEpoch of(String app, String environment, long epoch) {
    if (epoch != 0 && (app.isEmpty() || environment.isEmpty())) {
      throw new IllegalArgumentException(
          "the epoch "
              + epoch
              + " says nothing without the application and the environment in whose record it is;"
              + " name both");
    }
    return new FleetEpoch(environment.isEmpty() ? null : new EnvironmentName(environment), epoch);
  }

  /** Returns true if the deploy has a record. */
  boolean hasRecord() {
    return epoch > 0;
  }
}
