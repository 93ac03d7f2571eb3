package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a person decides about a deploy before it begins.
 *
 * @param deploy the deploy's id
 * @param app the application
 * @param environment the environment of the fleet
 * @param commit the commit that the fleet is to run
 * @param stable the commit of the last deploy that ended as done; null before the first
 * @param goBack whether this is a rollback that a person asked for, without canary, bake or gate
 * @param movesStable whether the commit becomes the stable one when the deploy is done
 * @param sources the names of the sources, at least one
 * @param waves the order and size of the waves
 * @param window how many members may change at a time
 * @param budget how many members may fail
 * @param patience how long to wait
 * @param successAt how much of the fleet must be proven for the deploy to be done
 * @param onFailure what to do otherwise
 * @param rollbackAllAtOnce whether a rollback ignores window and min-ready
 * @param unhealthyToo whether it begins even if fewer than min-ready are in service
 * @param manner how members and gates are asked
 */
public record Plan(
    DeployId deploy,
    String app,
    String environment,
    Commit commit,
    @Nullable Commit stable,
    boolean goBack,
    boolean movesStable,
    List<String> sources,
    Waves waves,
    Window window,
    Budget budget,
    Patience patience,
    Share successAt,
    OnFailure onFailure,
    boolean rollbackAllAtOnce,
    boolean unhealthyToo,
    Manner manner) {

  /**
   * @throws IllegalArgumentException if there is no source
   */
  public Plan {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("the plan names no fleet: give --fleet");
    }
  }

  /**
   * Returns the same plan for another deploy.
   *
   * @param now the stable commit when that one begins
   */
  public Plan again(DeployId another, @Nullable Commit now) {
    return new Plan(
        another,
        app,
        environment,
        commit,
        now,
        goBack,
        movesStable,
        sources,
        waves,
        window,
        budget,
        patience,
        successAt,
        onFailure,
        rollbackAllAtOnce,
        unhealthyToo,
        manner);
  }
}
