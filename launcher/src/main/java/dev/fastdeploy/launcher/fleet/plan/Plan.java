package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a person decides about a deploy before it begins.
 *
 * @param deploy its id
 * @param app the application
 * @param environment which of its fleets
 * @param commit what the fleet is to run
 * @param stable the commit of the last deploy that ended as done; none before the first
 * @param goBack whether this is a rollback that a person asked for: no canary, bake or gate
 * @param movesStable whether the commit is the stable one once it is done
 * @param sources the names of the sources, at least one
 * @param waves order and portions
 * @param window how many at a time
 * @param budget how many may fail
 * @param patience how long to wait
 * @param successAt how much of the fleet must be proven for it to be done
 * @param onFailure what to do otherwise
 * @param rollbackAllAtOnce whether a rollback ignores window and min-ready
 * @param unhealthyToo whether it begins though fewer than min-ready are in service
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
   * The same plan for another deploy.
   *
   * @param now the stable commit when it begins
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
