package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.time.Clock;
import java.util.Map;

/**
 * The part that all requests of a fleet deploy have in common.
 *
 * @param deploy the deploy's id
 * @param app the application
 * @param environment the environment of the fleet
 * @param commit the commit that members are to run
 * @param epoch the number of the deploy in its record, which fences off older ones
 * @param digests digests of the published archives, in hex, as far as known
 * @param strategy the reload strategy; empty for each member's default
 * @param force whether to deploy also to members that rolled the commit back before
 * @param clock UTC, for the sequences
 */
public record FleetRequest(
    DeployId deploy,
    String app,
    String environment,
    Commit commit,
    int epoch,
    Map<Commit, String> digests,
    String strategy,
    boolean force,
    Clock clock) {

  /**
   * @throws IllegalArgumentException if the id is too long, with a message for the user
   */
  public FleetRequest {
    digests = Map.copyOf(digests);
    new AttemptIds(deploy);
  }

  /**
   * Returns the common part of the requests in the deploy of a plan.
   *
   * @param epoch the number of the deploy in its record
   * @param digests digests of the published archives, in hex, as far as known
   * @param clock UTC, for the sequences
   */
  public static FleetRequest of(Plan plan, int epoch, Map<Commit, String> digests, Clock clock) {
    return new FleetRequest(
        plan.deploy(),
        plan.app(),
        plan.environment(),
        plan.commit(),
        epoch,
        digests,
        plan.manner().strategy(),
        plan.manner().force(),
        clock);
  }

  AttemptIds ids() {
    return new AttemptIds(deploy);
  }

  String digest(Commit commit) {
    return digests.getOrDefault(commit, "");
  }
}
