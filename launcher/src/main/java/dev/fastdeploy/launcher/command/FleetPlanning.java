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
import dev.fastdeploy.release.store.ReleaseStore;
import dev.fastdeploy.release.store.ReleaseStores;
import dev.fastdeploy.release.store.UnfinishedPublicationException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a deploy from what a user said and from the epoch before it, and makes sure
 * that what it needs is in the store.
 */
final class FleetPlanning implements Ownership.Planning {

  /** Which commit a deploy leads to, from what is known of the environment. */
  @FunctionalInterface
  interface Goal {

    /**
     * The commit.
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
   * @param goBack whether it is a rollback: no canary, bake or gate
   * @param sources by their names
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
    // What is wrong with the options is told before anything is asked or written.
    plan(new Commit("none"), null, true);
  }

  @Override
  public Plan after(@Nullable Epoch before) throws IOException {
    Known known = before == null ? Known.NOTHING : before.known();
    boolean sameFleet = known.fleet().isEmpty() || sorted(known.fleet()).equals(sorted(sources));
    if (!sameFleet && !options.changeFleet()) {
      // Another fleet than the last time is a slip more often than a wish.
      throw new CommandException(
          "--fleet "
              + String.join(" --fleet ", sources)
              + " is not what the last deploy of "
              + environment
              + " had, "
              + String.join(" and ", known.fleet())
              + "; give --change-fleet if that is meant");
    }
    Plan plan = plan(goal.after(known), known.stable(), sameFleet);
    requireStored(plan);
    return plan;
  }

  @Override
  public boolean isNew() {
    return !each.namesDeploy();
  }

  /** An id is of one deploy: who gives it for another would be told that this other was done. */
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
              + "' is that of the "
              + (earlier.goBack() ? "rollback" : "deploy")
              + " to '"
              + earlier.commit()
              + "'; take another");
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

  /** What is deployed and what may be gone back to must both be there before anything moves. */
  private void requireStored(Plan plan) throws IOException {
    try (ReleaseStore store = ReleaseStores.of(settings)) {
      requireStored(plan.commit(), "", store);
      Commit stable = plan.stable();
      if (stable != null && plan.onFailure() == OnFailure.ROLLBACK) {
        requireStored(stable, ", to which a failed deploy goes back (--on-failure)", store);
      }
    }
  }

  private static void requireStored(Commit commit, String role, ReleaseStore store)
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
