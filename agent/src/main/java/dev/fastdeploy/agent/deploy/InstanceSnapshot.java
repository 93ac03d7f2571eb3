package dev.fastdeploy.agent.deploy;

import dev.fastdeploy.agent.reload.OldLoaders;
import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.HomeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance at one moment.
 *
 * @param app the application that the store is for; empty if none is configured
 * @param environment that the instance belongs to; empty if none is configured
 * @param epoch the highest that it has seen of its application in that environment; 0 if none
 * @param inService whether a load balancer should send it requests
 * @param nowMillis when that was, UTC milliseconds
 * @param running the commit whose code this process runs
 * @param memory what the home remembers
 * @param staged what is in the home
 * @param active the deploy that is under way
 * @param strategies that can be asked for, the default first
 * @param notPrepared why other strategies that were configured cannot be asked for, by name
 * @param refusedBecause why a deploy would be refused now; empty if it would not
 * @param oldLoaders what became of the class loaders of earlier releases, where a strategy that
 *     leaves some was prepared
 * @param outcomes of the last deploys, the latest first
 */
public record InstanceSnapshot(
    InstanceState state,
    String app,
    String environment,
    long epoch,
    boolean inService,
    long nowMillis,
    @Nullable Commit running,
    HomeState memory,
    List<Commit> staged,
    @Nullable DeployId active,
    List<String> strategies,
    Map<String, String> notPrepared,
    String refusedBecause,
    ClassOrigin classes,
    Optional<OldLoaders> oldLoaders,
    List<DeployReport> outcomes) {

  public InstanceSnapshot {
    staged = List.copyOf(staged);
    strategies = List.copyOf(strategies);
    notPrepared = Map.copyOf(notPrepared);
    outcomes = List.copyOf(outcomes);
  }
}
