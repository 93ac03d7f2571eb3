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
 * An instance at one moment, as its agent sees it.
 *
 * @param nowMillis when that was, UTC milliseconds
 * @param inService whether a load balancer should send it requests
 */
public record InstanceSnapshot(
    long nowMillis,
    InstanceState state,
    boolean inService,
    Identity identity,
    Releases releases,
    Deploys deploys,
    Code code) {

  /**
   * Whose deploys it takes.
   *
   * @param app the application that the store is for; empty if none is configured
   * @param environment the environment that the instance belongs to; empty if none is configured
   * @param epoch the highest that it has seen of its application in that environment; 0 if none
   */
  public record Identity(String app, String environment, long epoch) {}

  /**
   * The releases that it runs, remembers and has in its home.
   *
   * @param running the commit whose code this process runs
   * @param memory what the home remembers
   * @param staged what is in the home
   */
  public record Releases(@Nullable Commit running, HomeState memory, List<Commit> staged) {

    public Releases {
      staged = List.copyOf(staged);
    }
  }

  /**
   * The deploys that it would take now, and those that it took.
   *
   * @param refusedBecause why a deploy would be refused now; empty if it would not
   * @param strategies the strategies that can be asked for, the default first
   * @param notPrepared why other strategies that were configured cannot be asked for, by name
   * @param active the deploy that is under way
   * @param outcomes of the last deploys, the latest first
   */
  public record Deploys(
      String refusedBecause,
      List<String> strategies,
      Map<String, String> notPrepared,
      @Nullable DeployId active,
      List<DeployReport> outcomes) {

    public Deploys {
      strategies = List.copyOf(strategies);
      notPrepared = Map.copyOf(notPrepared);
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * The code in this process.
   *
   * @param classes where the application's classes come from
   * @param oldLoaders what became of the class loaders of earlier releases, where a strategy that
   *     leaves some was prepared
   */
  public record Code(ClassOrigin classes, Optional<OldLoaders> oldLoaders) {}
}
