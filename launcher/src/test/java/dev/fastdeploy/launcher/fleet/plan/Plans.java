package dev.fastdeploy.launcher.fleet.plan;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans for tests, from one that lets all go at once. */
final class Plans {

  Share canary = Share.NONE;
  List<Share> steps = List.of(Share.ALL);
  Duration bake = Duration.ZERO;
  boolean gated;
  List<String> zones = List.of();
  Share maxUnavailable = Share.percent(25);
  Share minReady = Share.NONE;
  Budget budget = new Budget(Share.NONE, Share.NONE, Share.percent(20), 1);
  Share successAt = Share.ALL;
  OnFailure onFailure = OnFailure.ROLLBACK;
  boolean goBack;
  boolean hasStable = true;
  boolean rollbackAllAtOnce;
  boolean unhealthyToo;
  Patience patience =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(90),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          Duration.ofHours(2),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Duration.ofSeconds(45));

  Plans waves(String... shares) {
    steps = new ArrayList<>();
    for (String share : shares) {
      steps.add(Share.parse(share));
    }
    return this;
  }

  /** The same for another commit. */
  static Plan of(Plan plan, Commit commit, Commit stable) {
    return new Plan(
        plan.deploy(),
        plan.app(),
        plan.environment(),
        commit,
        stable,
        false,
        plan.movesStable(),
        plan.sources(),
        plan.waves(),
        plan.window(),
        plan.budget(),
        plan.patience(),
        plan.successAt(),
        plan.onFailure(),
        plan.rollbackAllAtOnce(),
        plan.unhealthyToo(),
        plan.manner());
  }

  Plan plan() {
    return new Plan(
        new DeployId("d-1"),
        "shop",
        "prod",
        goBack ? SimulatedFleet.OLD : SimulatedFleet.NEW,
        hasStable ? SimulatedFleet.OLD : null,
        goBack,
        true,
        List.of(SimulatedFleet.SOURCE),
        new Waves(canary, steps, bake, gated, zones),
        new Window(maxUnavailable, minReady, 50),
        budget,
        patience,
        successAt,
        onFailure,
        rollbackAllAtOnce,
        unhealthyToo,
        Manner.USUAL);
  }
}
