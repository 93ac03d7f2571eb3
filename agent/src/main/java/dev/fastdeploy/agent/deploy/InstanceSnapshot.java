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
 * @param nowMillis the time of that moment, UTC milliseconds
 * @param inService true if a load balancer should send it requests
 */
public record InstanceSnapshot(
    long nowMillis,
    InstanceState state,
    boolean inService,
    Membership membership,
    Releases releases,
    Deploys deploys,
    Code code) {

  /**
   * The application and environment that it belongs to, whose deploys are meant for it.
   *
   * @param app the application that the store is for; empty if none is configured
   * @param environment the environment that the instance belongs to; empty if none is configured
   * @param epoch the highest epoch that it has seen of its application in that environment; 0 if
   *     none
   */
  public record Membership(String app, String environment, long epoch) {}

  /**
   * The releases that it runs, remembers and has in its home.
   *
   * @param running the commit whose code this process runs
   * @param memory the home's memory
   * @param staged the commits whose releases are in the home
   */
  public record Releases(@Nullable Commit running, HomeState memory, List<Commit> staged) {

    public Releases {
      staged = List.copyOf(staged);
    }
  }

  /**
   * The deploys that it would accept now, and those that it accepted.
   *
   * @param refusedBecause the reason why a deploy would be refused now; empty if it would not
   * @param homeUnwritableBecause the reason why the home cannot be written to; empty if it can
   * @param storeUnusableBecause the reason why no release can be fetched; empty if one can be
   * @param strategies the strategies that can be asked for, the default first
   * @param notPrepared the reasons why other configured strategies cannot be asked for, by name
   * @param active the deploy that is under way; null if there is none
   * @param outcomes the outcomes of the last deploys, the latest first
   */
  public record Deploys(
      String refusedBecause,
      String homeUnwritableBecause,
      String storeUnusableBecause,
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
   * @param classes the origin of the application's classes
   * @param oldLoaders the state of the class loaders of earlier releases; empty if no strategy that
   *     leaves some was prepared
   * @param connections whether connections to it wait during a reload
   */
  public record Code(
      ClassOrigin classes, Optional<OldLoaders> oldLoaders, ConnectionHolding connections) {}
}
