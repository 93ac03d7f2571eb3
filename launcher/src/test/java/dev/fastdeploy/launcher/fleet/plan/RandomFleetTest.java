package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Everything at once: fleets, plans and misfortunes from a seed, the invariants after each step.
 * The normal run takes the same seeds each time. {@code -Dfastdeploy.simulation.seconds=N} goes on
 * with random ones for so long, {@code -Dfastdeploy.simulation.seed=S} takes that one alone.
 */
class RandomFleetTest {

  private static final long HOUR = 3_600_000;
  private static final int FIXED = Integer.getInteger("fastdeploy.simulation.fixed", 400);

  @Test
  void whateverHappensTheInvariantsHold() {
    Long seed = Long.getLong("fastdeploy.simulation.seed");
    if (seed != null) {
      run(seed);
      return;
    }
    for (long fixed = 1; fixed <= FIXED; fixed++) {
      run(fixed);
    }
    long end =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(Integer.getInteger("fastdeploy.simulation.seconds", 0));
    Random seeds = new Random();
    while (System.nanoTime() < end) {
      run(seeds.nextLong());
    }
  }

  private static void run(long seed) {
    try {
      simulate(seed);
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "seed "
              + seed
              + " fails; again: mvn verify -pl launcher -am -Dtest=RandomFleetTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dfastdeploy.simulation.seed="
              + seed
              + ": "
              + failure.getMessage(),
          failure);
    }
  }

  private static void simulate(long seed) {
    Random random = new Random(seed);
    SimulatedFleet fleet = new SimulatedFleet(seed, plan(random)).with(1 + random.nextInt(40));
    temper(fleet, random);
    fleet.loss = random.nextBoolean() ? 0 : 0.1 * random.nextDouble();
    fleet.repetition = random.nextBoolean() ? 0 : 0.3 * random.nextDouble();
    fleet.store.trouble = random.nextBoolean() ? 0 : 0.4 * random.nextDouble();
    GateAnswer[] answers = GateAnswer.values();
    double knows = random.nextDouble();
    fleet.gate =
        question ->
            random.nextDouble() < knows
                ? GateAnswer.GOOD
                : answers[1 + random.nextInt(answers.length - 1)];
    fleet.start();
    int misfortunes = random.nextInt(12);
    for (int i = 0; i < misfortunes; i++) {
      fleet.after((long) (random.nextDouble() * 300_000), () -> misfortune(fleet, random));
    }
    Summary summary = fleet.run(24 * HOUR);
    check(fleet, summary);
    fleet.assertReplays();
  }

  private static Plan plan(Random random) {
    Plans plans = new Plans();
    plans.canary = random.nextBoolean() ? Share.NONE : share(random);
    if (random.nextBoolean()) {
      plans.waves("10%", "50%", "100%");
    }
    plans.bake = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(60));
    plans.gated = random.nextInt(3) == 0;
    plans.maxUnavailable = share(random);
    plans.minReady = random.nextBoolean() ? Share.NONE : Share.percent(random.nextInt(100));
    plans.budget = new Budget(share(random), share(random), share(random), 1 + random.nextInt(3));
    plans.successAt = random.nextInt(3) == 0 ? Share.percent(90) : Share.ALL;
    plans.onFailure = random.nextInt(4) == 0 ? OnFailure.HOLD : OnFailure.ROLLBACK;
    plans.hasStable = random.nextInt(4) != 0;
    plans.rollbackAllAtOnce = random.nextInt(4) == 0;
    plans.unhealthyToo = random.nextBoolean();
    return plans.plan();
  }

  private static Share share(Random random) {
    return random.nextBoolean()
        ? Share.number(1 + random.nextInt(5))
        : Share.percent(1 + random.nextInt(60));
  }

  private static void temper(SimulatedFleet fleet, Random random) {
    double bad = random.nextBoolean() ? 0 : random.nextDouble() * 0.5;
    SimulatedMember.Temper[] tempers = SimulatedMember.Temper.values();
    for (SimulatedMember member : fleet.members()) {
      if (random.nextDouble() < bad) {
        member.temper = tempers[random.nextInt(tempers.length)];
      }
    }
  }

  private static void misfortune(SimulatedFleet fleet, Random random) {
    List<SimulatedMember> members = fleet.members();
    if (fleet.isOver() || members.isEmpty()) {
      return;
    }
    SimulatedMember one = members.get(random.nextInt(members.size()));
    switch (random.nextInt(14)) {
      case 0, 1 -> one.toggle();
      case 2 -> one.die();
      case 3 -> one.silent = true;
      case 4 -> fleet.remove(one);
      case 5 -> fleet.readdress(one);
      case 6 -> fleet.with(1 + random.nextInt(10));
      case 7 -> {
        fleet.sourceDown = true;
        fleet.after(random.nextInt(100_000), () -> fleet.sourceDown = false);
      }
      case 8 -> {
        fleet.sourceHalf = true;
        fleet.after(random.nextInt(100_000), () -> fleet.sourceHalf = false);
      }
      case 9 -> fleet.killOwner();
      case 10 -> fleet.sleepOwner(60_000 + random.nextInt(60_000));
      case 11 -> fleet.replace(one, image(random), random.nextBoolean());
      case 12 -> {
        Commit image = image(random);
        fleet.add(image, "z0", image);
      }
      default -> order(fleet, random);
    }
  }

  /** One that is known, or one of two that are newer. */
  private static Commit image(Random random) {
    return new Commit(List.of("image", "newer", "newest").get(random.nextInt(3)));
  }

  private static void order(SimulatedFleet fleet, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> fleet.order(Order.What.ABORT, 0);
      case 1 -> fleet.order(Order.What.PROMOTE, 1 + random.nextInt(3));
      default -> {
        fleet.order(Order.What.PAUSE, 0);
        fleet.after(random.nextInt(400_000), () -> fleet.order(Order.What.RESUME, 0));
      }
    }
  }

  private static void check(SimulatedFleet fleet, Summary summary) {
    if (summary.ending() == Ending.DONE) {
      long there =
          fleet.everyone.stream()
              .filter(member -> member.everProven.contains(SimulatedFleet.NEW))
              .count();
      assertThat(there).as("%s", summary).isGreaterThanOrEqualTo(summary.proven());
    }
    if (summary.ending() == Ending.ROLLED_BACK) {
      // One that moved to another address after the last sweep has vanished, for all that is known.
      // One of a newer image is left out, even if it came to an address in the moment in which the
      // one before was asked, and took that for its own.
      assertThat(
              fleet.members().stream()
                  .filter(SimulatedMember::answers)
                  .filter(member -> !leftOut(fleet).contains(member.image))
                  .filter(member -> member.standing == DeployStanding.PROVEN)
                  .filter(member -> member.running.equals(SimulatedFleet.NEW)))
          .as("%s", summary)
          .hasSizeLessThanOrEqualTo(summary.unreachable() + summary.vanished());
    }
  }

  private static List<Commit> leftOut(SimulatedFleet fleet) {
    return fleet.events.stream()
        .filter(Event.NewImage.class::isInstance)
        .map(event -> ((Event.NewImage) event).image())
        .toList();
  }
}
