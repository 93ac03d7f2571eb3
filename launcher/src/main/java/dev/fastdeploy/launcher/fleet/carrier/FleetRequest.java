package dev.fastdeploy.launcher.fleet.carrier;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import java.time.Clock;
import java.util.Map;

/**
 * What is the same in each request of a fleet deploy.
 *
 * @param deploy its id
 * @param app the application
 * @param environment which of its fleets
 * @param commit what members are to run
 * @param epoch the number of the deploy in its record, the fence
 * @param digests of the published archives, hex, as far as they are known
 * @param strategy how services get to run the release; empty for each one's default
 * @param force also where the commit was rolled back before
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
   * What members are asked in the deploy of a plan.
   *
   * @param epoch the number of the deploy in its record
   * @param digests of the published archives, hex, as far as they are known
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
