package dev.fastdeploy.launcher.command;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.fleet.plan.OnFailure;
import dev.fastdeploy.launcher.fleet.plan.Plan;
import dev.fastdeploy.launcher.fleet.record.Epoch;
import dev.fastdeploy.launcher.fleet.record.Known;
import dev.fastdeploy.launcher.fleet.record.Ownership;
import dev.fastdeploy.release.store.PublishedReleases;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.UnfinishedPublicationException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a deploy from what the user asked for and from the epoch before it, and checks
 * that the releases it needs are in the store.
 */
final class FleetPlanning implements Ownership.Planning {

  /** Finds the commit that a deploy leads to, from what is known of the environment. */
  @FunctionalInterface
  interface Goal {

    /**
     * Returns the commit.
     *
     * @throws CommandException if there is none, with a message for the user
     */
    Commit after(Known known);
  }

  private final Settings settings;
  private final Environment environment;
  private final DeployId id;
  private final Goal goal;
  private final boolean goBack;
  private final boolean force;
  private final List<String> sources;
  private final PlanOptions options;
  private final LeaseOptions lease;
  private final WaveOptions each;

  /**
   * @param goBack whether it is a rollback, which has no canary, bake or gate
   * @param sources the names of the sources
   */
  FleetPlanning(
      Settings settings,
      Environment environment,
      DeployId id,
      Goal goal,
      boolean goBack,
      boolean force,
      List<String> sources,
      PlanOptions options,
      LeaseOptions lease,
      WaveOptions each) {
    this.settings = settings;
    this.environment = environment;
    this.id = id;
    this.goal = goal;
    this.goBack = goBack;
    this.force = force;
    this.sources = List.copyOf(sources);
    this.options = options;
    this.lease = lease;
    this.each = each;
    // A wrong option is refused before anything is asked or written.
    plan(new Commit("none"), null, true);
  }

  @Override
  public Plan after(@Nullable Epoch before) throws IOException {
    Known known = before == null ? Known.NOTHING : before.known();
    boolean sameFleet = known.fleet().isEmpty() || sorted(known.fleet()).equals(sorted(sources));
    if (!sameFleet && !options.changeFleet()) {
      // A fleet other than last time's is more often a mistake than intended.
      throw new CommandException(
          "--fleet "
              + String.join(" --fleet ", sources)
              + " is not the fleet of the last deploy of "
              + environment
              + ", which was "
              + String.join(" and ", known.fleet())
              + "; give --change-fleet if you mean it");
    }
    Plan plan = plan(goal.after(known), known.stable(), sameFleet);
    requireStored(plan);
    return plan;
  }

  @Override
  public boolean isNew() {
    return !each.namesDeploy();
  }

  /** An id belongs to one deploy: given for another, it would report that other one as done. */
  @Override
  public void requireSame(Plan earlier) {
    // A deploy's commit is given, whatever is known; a rollback's was found when it began.
    boolean same =
        earlier.goBack() == goBack
            && (goBack || earlier.commit().equals(goal.after(Known.NOTHING)));
    if (!same) {
      throw new CommandException(
          "--deploy-id '"
              + id
              + "' already belongs to the "
              + (earlier.goBack() ? "rollback" : "deploy")
              + " to '"
              + earlier.commit()
              + "'; choose another");
    }
  }

  private Plan plan(Commit commit, @Nullable Commit stable, boolean movesStable) {
    return options.plan(
        id,
        environment.app(),
        environment.name(),
        commit,
        stable,
        goBack,
        movesStable,
        sources,
        lease.lease(),
        force,
        each);
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  /** The commit and the one to go back to must both be in the store before anything moves. */
  private void requireStored(Plan plan) throws IOException {
    try (PublishedReleases store = ReleaseStores.of(settings)) {
      requireStored(plan.commit(), "", store);
      Commit stable = plan.stable();
      if (stable != null && plan.onFailure() == OnFailure.ROLLBACK) {
        requireStored(stable, ", to which a failed deploy would return (--on-failure)", store);
      }
    }
  }

  private static void requireStored(Commit commit, String role, PublishedReleases store)
      throws IOException {
    try {
      if (store.find(commit).isPresent()) {
        return;
      }
    } catch (UnfinishedPublicationException half) {
      throw new CommandException(Diagnostics.reason(half), ExitCodes.ARTIFACT);
    }
    throw new CommandException(
        "the commit '"
            + commit
            + "'"
            + role
            + " is not in "
            + store.description()
            + "; publish it first",
        ExitCodes.ARTIFACT);
  }
}
