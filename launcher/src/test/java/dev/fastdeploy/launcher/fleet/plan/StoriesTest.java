package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of other tools reported, each told to the planner in a simulated fleet. */
class StoriesTest {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final Plans plans = new Plans();

  @Test
  void aGoodReleaseGetsEverywhere() {
    SimulatedFleet fleet = fleet(1, 40);
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(40);
    assertThat(summary.stableMoves()).isTrue();
    assertRunning(fleet, SimulatedFleet.NEW);
    fleet.assertReplays();
  }

  @Test
  void aLastSweepThatFindsNobodyIsFollowedByTheEnd() {
    SimulatedFleet fleet = fleet(1, 4);
    started(fleet).run(HOUR);

    assertThat(fleet.events.stream().filter(Event.Entered.class::isInstance))
        .containsExactly(
            new Event.Entered("staging"),
            new Event.Entered("activating 1"),
            new Event.Entered("sweeping"));
  }

  @Test
  void eachMemberIsToldOfOnceWithWhatItRunsThen() {
    SimulatedFleet fleet = fleet(1, 4);
    started(fleet).run(HOUR);

    assertThat(fleet.events.stream().filter(Event.Found.class::isInstance))
        .hasSize(4)
        .allSatisfy(
            event -> assertThat(((Event.Found) event).running()).isEqualTo(SimulatedFleet.OLD));
  }

  @Test
  void theImagesInWhichACommitIsProvenAreKnownFromThenOn() {
    plans.successAt = Share.percent(75);
    plans.budget = new Budget(Share.percent(50), Share.NONE, Share.percent(20), 1);
    SimulatedFleet fleet = fleet(1, 4);
    fleet.members().get(0).image = new Commit("other");
    fleet.members().get(1).image = null;
    fleet.members().get(3).image = new Commit("fails");
    fleet.members().get(3).temper = SimulatedMember.Temper.ROLLS_BACK;

    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.images())
        .containsExactlyInAnyOrder(new Commit("other"), new Commit("image"));
  }

  // 1: the rollback.

  @Test
  void aRollbackTakesAllThatWasMovedToStableWhateverTheBudget() {
    plans.budget = new Budget(Share.percent(2), Share.NONE, Share.percent(20), 1);
    plans.minReady = Share.percent(50);
    SimulatedFleet fleet = fleet(2, 100);
    fleet.members().subList(60, 100).forEach(m -> m.temper = SimulatedMember.Temper.ROLLS_BACK);
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.reason()).contains("3 of 100 failed", "2 allowed");
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  @Test
  void whoRefusedToBeMovedNeedNotBeBroughtBack() {
    plans.budget = new Budget(Share.NONE, Share.NONE, Share.percent(20), 1);
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(2, 6);
    fleet.members().get(3).temper = SimulatedMember.Temper.REFUSES;
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.reason()).contains("did not come up or was refused");
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  @Test
  void whereNothingHasMovedNothingIsBroughtBack() {
    plans.canary = Share.number(1);
    SimulatedFleet fleet = fleet(2, 6);
    fleet.members().forEach(member -> member.temper = SimulatedMember.Temper.REFUSES);
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.NOT_BEGUN);
    assertThat(summary.reason()).contains("the canary failed", "it has no --ready");
    assertThat(summary.returned()).isZero();
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(fleet.events).doesNotHaveAnyElementsOfTypes(Event.Returned.class);
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  @Test
  void whereNobodyTakesItTheBudgetMakesNoPartialSuccess() {
    plans.budget = new Budget(Share.ALL, Share.ALL, Share.ALL, 1);
    SimulatedFleet fleet = fleet(2, 4);
    fleet.members().get(0).temper = SimulatedMember.Temper.CANNOT_STAGE;
    fleet.members().subList(1, 4).forEach(m -> m.temper = SimulatedMember.Temper.REFUSES);
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.NOT_BEGUN);
    assertThat(summary.reason()).startsWith("no instance took '").contains("it has no --ready");
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  /** It may have activated the release and be unable to record how that ended. */
  @Test
  void whoFailedWithoutARefusalIsBroughtBack() {
    SimulatedFleet fleet = fleet(2, 6);
    plans.maxUnavailable = Share.number(1);
    fleet.members().get(0).temper = SimulatedMember.Temper.FAILS;
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.returned()).isPositive();
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  @Test
  void aMemberThatRefusedStaysOnWhateverItRan() {
    plans.budget = new Budget(Share.NONE, Share.NONE, Share.percent(20), 1);
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(2, 6);
    Commit older = new Commit("older");
    fleet.members().get(3).running = older;
    fleet.members().get(3).temper = SimulatedMember.Temper.REFUSES;
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.reason()).contains("not moved by this deploy", "runs 'older'");
    assertThat(fleet.members().get(3).running).isEqualTo(older);
  }

  @Test
  void aRollbackGoesToStableEvenWhereSomethingElseRanBefore() {
    plans.budget = new Budget(Share.NONE, Share.NONE, Share.percent(20), 1);
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(3, 10);
    Commit older = new Commit("older");
    fleet.members().forEach(m -> m.running = older);
    fleet.members().get(4).temper = SimulatedMember.Temper.ROLLS_BACK;
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(fleet.members().stream().filter(m -> m.running.equals(SimulatedFleet.OLD)))
        .as("those that were moved")
        .hasSize(6);
    assertThat(fleet.members().stream().filter(m -> m.running.equals(older))).hasSize(4);
    assertThat(summary.reason())
        .contains("; not moved by this deploy, and not on the stable 'old': 4 (10.0.0.")
        .endsWith(" runs 'older'); 'fastdeploy reconcile' brings them there");
  }

  @Test
  void withoutAStableReleaseEachGoesToWhatItRan() {
    plans.hasStable = false;
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(4, 6);
    List<Commit> ran = new ArrayList<>();
    for (SimulatedMember member : fleet.members()) {
      member.running = new Commit("own-" + ran.size());
      ran.add(member.running);
    }
    fleet.members().get(3).temper = SimulatedMember.Temper.ROLLS_BACK;
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(fleet.members().stream().map(m -> m.running)).containsExactlyElementsOf(ran);
  }

  @Test
  void whatAMemberWasMovedToIsNeverTakenForWhatItRanBefore() {
    plans.hasStable = false;
    plans.maxUnavailable = Share.number(1);
    plans.budget = new Budget(Share.NONE, Share.NONE, Share.NONE, 1);
    SimulatedFleet fleet = fleet(4, 6);
    fleet.members().get(0).tellsWhatItRuns = false;
    fleet.members().get(3).temper = SimulatedMember.Temper.ROLLS_BACK;
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.PARTIAL);
    assertThat(summary.reason()).contains("1 could not be brought back");
    assertThat(summary.worst()).anyMatch(line -> line.contains("nobody knows what it ran before"));
  }

  @Test
  void oneThatFellSilentWhileItWasMovedIsNotTakenForBack() {
    plans.maxUnavailable = Share.number(2);
    plans.budget = new Budget(Share.NONE, Share.NONE, Share.NONE, 1);
    SimulatedFleet fleet = fleet(5, 8);
    SimulatedMember one = fleet.members().get(1);
    fleet.onEvent(
        event -> event instanceof Event.Begun begun && begun.member().value().equals(one.address),
        () -> {
          fleet.after(90, () -> one.silent = true);
          fleet.after(
              130_000,
              () -> {
                one.silent = false;
                one.push();
              });
        });
    Summary summary = started(fleet).run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(one.everProven).contains(SimulatedFleet.NEW);
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  @Test
  void aDeadMemberDelaysNobodyInARollback() {
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(5, 8);
    SimulatedMember dead = fleet.members().get(0);
    fleet.members().get(4).temper = SimulatedMember.Temper.ROLLS_BACK;
    started(fleet);
    whenSaid(fleet, Event.Failed.class, dead::die);
    Summary summary = fleet.run(2 * HOUR);

    long asked = fleet.events.stream().filter(Event.Begun.class::isInstance).count();
    assertThat(asked).as("each was asked to go and to come back").isGreaterThanOrEqualTo(8);
    assertThat(summary.unreachable()).as("%s", summary).isEqualTo(1);
    assertThat(summary.ending()).isEqualTo(Ending.ROLLED_BACK);
    assertThat(fleet.members().stream().filter(m -> !m.dead))
        .allMatch(m -> m.running.equals(SimulatedFleet.OLD));
    assertThat(provenBefore(fleet, dead)).as("the others are back before it is given up").isTrue();
  }

  private static boolean provenBefore(SimulatedFleet fleet, SimulatedMember dead) {
    int lastBack = -1;
    int givenUp = -1;
    for (int i = 0; i < fleet.events.size(); i++) {
      Event event = fleet.events.get(i);
      if (event instanceof Event.Proven proven && proven.commit().equals(SimulatedFleet.OLD)) {
        lastBack = i;
      }
      if (event instanceof Event.Failed failed && failed.member().value().equals(dead.address)) {
        givenUp = i;
      }
    }
    return lastBack >= 0 && lastBack < givenUp;
  }

  @Test
  void aRollbackThatAPersonWantsIsDoneWithoutCanaryOrBake() {
    plans.goBack = true;
    plans.canary = Share.number(1);
    plans.bake = Duration.ofMinutes(10);
    plans.gated = true;
    SimulatedFleet fleet = fleet(6, 20);
    fleet.members().forEach(m -> m.running = SimulatedFleet.NEW);
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertRunning(fleet, SimulatedFleet.OLD);
    assertThat(fleet.events).noneMatch(Event.Gate.class::isInstance);
  }

  // 2: flapping.

  @Test
  void aFleetThatFlapsForEverEndsByTheProgressDeadline() {
    plans.minReady = Share.percent(90);
    plans.maxUnavailable = Share.number(2);
    plans.unhealthyToo = true;
    SimulatedFleet fleet = fleet(7, 20);
    started(fleet);
    flap(fleet, true);
    Summary summary = fleet.run(3 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isNotEqualTo(Ending.DONE);
    assertThat(summary.reason()).contains("with no further one in 300s");
  }

  /** Five leave when five others come: there are never enough. */
  private void flap(SimulatedFleet fleet, boolean even) {
    fleet.after(
        500,
        () -> {
          for (int i = 0; i < 10; i++) {
            SimulatedMember member = fleet.members().get(i);
            if (member.inService != (i % 2 == 0 == even)) {
              member.toggle();
            }
          }
          flap(fleet, !even);
        });
  }

  // 3: hangs and deaths.

  @ParameterizedTest
  @CsvSource({
    "HANGS,canary", "DIES,canary", "GOES_SILENT,canary", "ROLLS_BACK,canary",
    "HANGS,wave", "DIES,wave", "GOES_SILENT,wave", "ROLLS_BACK,wave",
    "COMES_UP_AND_LEAVES,canary", "COMES_UP_AND_LEAVES,wave", "REFUSES,canary", "REFUSES,wave",
  })
  void whateverHappensToAMemberTheEndComesInTime(SimulatedMember.Temper temper, String where) {
    plans.canary = Share.number(2);
    plans.waves("25%", "100%");
    plans.bake = Duration.ofSeconds(20);
    plans.budget = new Budget(Share.number(2), Share.NONE, Share.number(2), 1);
    SimulatedFleet fleet = fleet(8, 24);
    int from = where.equals("canary") ? 0 : 12;
    fleet.members().subList(from, from + 6).forEach(m -> m.temper = temper);
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isIn(Ending.ROLLED_BACK, Ending.PARTIAL);
    assertThat(fleet.members().stream().filter(SimulatedMember::answers))
        .noneMatch(member -> member.running.equals(SimulatedFleet.NEW));
    if (where.equals("canary")) {
      // One canary refuses before the other is turned back, and has not moved.
      boolean refuses = temper == SimulatedMember.Temper.REFUSES;
      assertThat(summary.untouched()).as("%s", summary).isEqualTo(refuses ? 23 : 22);
    }
  }

  @Test
  void aHostThatIsSilentFromTheBeginningIsGivenUpInTime() {
    SimulatedFleet fleet = fleet(9, 10);
    fleet.members().get(3).silent = true;
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.PARTIAL);
    assertThat(summary.proven()).isEqualTo(9);
    assertThat(summary.unreachable()).isEqualTo(1);
    assertThat(fleet.now).isLessThan(10 * MINUTE);
  }

  // 4: who starts during a deploy.

  @ParameterizedTest
  @ValueSource(ints = {100, 2_000, 9_000, 15_000, 30_000, 45_000, 60_000, 90_000})
  void whoStartsDuringAFailedDeployEndsOnStable(int when) {
    plans.canary = Share.number(3);
    SimulatedFleet fleet = fleet(10, 12);
    fleet.members().get(0).temper = SimulatedMember.Temper.ROLLS_BACK;
    started(fleet);
    Commit image = new Commit("image");
    fleet.after(when, () -> fleet.add(image, "z0"));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    if (summary.joined() > 0) {
      assertRunning(fleet, SimulatedFleet.OLD);
    }
  }

  @Test
  void whoStartsJustBeforeTheEndIsTakenAlong() {
    SimulatedFleet fleet = fleet(11, 12);
    started(fleet);
    whenSaid(fleet, "sweeping", () -> fleet.add(SimulatedFleet.OLD, "z0"));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.joined()).isEqualTo(1);
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  // 5: a fleet that changes.

  @Test
  void theFleetDoublesAndHalvesInTheMiddleOfAWave() {
    plans.waves("20%", "50%", "100%");
    plans.bake = Duration.ofSeconds(5);
    plans.minReady = Share.percent(60);
    SimulatedFleet fleet = fleet(12, 30);
    started(fleet);
    whenSaid(fleet, "baking 1", () -> fleet.with(30));
    whenSaid(fleet, "activating 3", () -> fleet.members().subList(10, 40).forEach(fleet::remove));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.joined()).isEqualTo(30);
    assertThat(summary.vanished()).isEqualTo(30);
    assertThat(summary.failures().values()).containsOnly(0);
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  @Test
  void membersReturnUnderAnotherAddress() {
    SimulatedFleet fleet = fleet(13, 12);
    started(fleet);
    for (int i = 0; i < 12; i++) {
      SimulatedMember member = fleet.members().get(i);
      fleet.after(4_000 + 5_000L * i, () -> fleet.readdress(member));
    }
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertRunning(fleet, SimulatedFleet.NEW);
    assertThat(summary.proven()).isEqualTo(12);
  }

  // 6: the budget.

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 49, 50, 51, 99, 100, 333, 1000})
  void theBudgetIsThatNumberAndNotOneMore(int size) {
    for (Share share : List.of(Share.NONE, Share.number(1), Share.percent(2), Share.percent(50))) {
      Budget budget = new Budget(share, Share.NONE, Share.NONE, 1);
      int allowed = share.ofFleet() ? size * share.amount() / 10_000 : share.amount();
      Failures failures = new Failures(budget);
      for (int i = 0; i < Math.min(size, allowed + 1); i++) {
        assertThat(failures.exceeded(size)).as("%d of %d, %s", i, size, share).isNull();
        failures.count(member(i), Cause.APPLICATION, "no");
      }
      if (size > allowed) {
        assertThat(failures.exceeded(size)).as("%s of %d", share, size).isNotNull();
      }
    }
  }

  @Test
  void aPercentageIsJudgedFromANumberOn() {
    Failures failures = new Failures(new Budget(Share.percent(2), Share.NONE, Share.NONE, 3));
    for (int i = 0; i < 2; i++) {
      failures.count(member(i), Cause.APPLICATION, "no");
      assertThat(failures.exceeded(10)).isNull();
    }
    failures.count(member(2), Cause.APPLICATION, "no");
    assertThat(failures.exceeded(10)).isNotNull();
  }

  @Test
  void oneCauseDoesNotUseTheAllowanceOfAnother() {
    Failures failures =
        new Failures(new Budget(Share.number(1), Share.number(1), Share.number(1), 1));
    int i = 0;
    for (Cause cause : Cause.values()) {
      failures.count(member(i++), cause, "no");
    }
    assertThat(failures.exceeded(10)).isNull();
  }

  private static MemberDeploy member(int i) {
    return new MemberDeploy(new Member(new MemberId("m" + i), "a", ""), i, 0, false);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void notMoreThanBudgetAndUnderWayFailInWhateverOrder(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(200);
    plans.budget =
        new Budget(
            random.nextBoolean() ? Share.number(random.nextInt(5)) : Share.parse("2.5%"),
            Share.NONE,
            Share.percent(20),
            1);
    plans.onFailure = OnFailure.HOLD;
    SimulatedFleet fleet = fleet(seed, size);
    fleet
        .members()
        .forEach(
            m -> {
              if (random.nextInt(4) == 0) {
                m.temper = SimulatedMember.Temper.ROLLS_BACK;
              }
            });
    Summary summary = started(fleet).run(5 * HOUR);

    int allowance = plans.budget.allowance(Cause.APPLICATION, size);
    int window = plans.plan().window().size(size);
    assertThat(summary.failed()).isLessThanOrEqualTo(allowance + window);
  }

  // 7: one dead host.

  @Test
  void oneDeadHostNeitherFailsAllNorIsLeftOutSilently() {
    SimulatedFleet fleet = fleet(14, 10);
    SimulatedMember dead = fleet.members().get(0);
    dead.dead = true;
    dead.inService = false;
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.proven()).isEqualTo(9);
    assertThat(summary.ending().exitCode()).isEqualTo(2);
    assertThat(summary.worst()).anyMatch(line -> line.startsWith(dead.address));
    assertThat(summary.stableMoves()).isFalse();
  }

  @Test
  void withASuccessShareItIsDoneAfterTheTail() {
    plans.successAt = Share.percent(90);
    SimulatedFleet fleet = fleet(15, 10);
    SimulatedMember dead = fleet.members().get(0);
    dead.dead = true;
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.unreachable()).isEqualTo(1);
    assertThat(summary.worst()).anyMatch(line -> line.startsWith(dead.address));
  }

  // 8: the owner.

  @ParameterizedTest
  @ValueSource(longs = {1, 5, 9, 13, 17, 21, 25, 30, 40, 50, 60, 75, 90})
  void whenTheOwnerIsKilledTheNextOneGetsOn(long seconds) {
    plans.canary = Share.number(1);
    plans.waves("30%", "100%");
    plans.bake = Duration.ofSeconds(10);
    plans.gated = true;
    plans.minReady = Share.percent(70);
    SimulatedFleet fleet = fleet(seconds, 20);
    fleet.store.trouble = 0.2;
    started(fleet);
    fleet.after(seconds * 1_000, fleet::killOwner);
    Summary summary = fleet.run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  @ParameterizedTest
  @EnumSource(SimulatedFleet.Blow.class)
  void whateverBecomesOfTheOwnerAtAnyOfItsWritesTheNextOneGetsOn(SimulatedFleet.Blow blow) {
    plans.canary = Share.number(1);
    plans.waves("30%", "100%");
    plans.bake = Duration.ofSeconds(10);
    plans.minReady = Share.percent(70);
    int at = 0;
    SimulatedFleet fleet;
    do {
      fleet = struck(blow, ++at);
      Summary summary = fleet.run(2 * HOUR);

      assertThat(summary.ending()).as("write %d: %s", at, summary).isEqualTo(Ending.DONE);
      assertRunning(fleet, SimulatedFleet.NEW);
    } while (fleet.writes >= at);
    assertThat(at).as("writes of a deploy").isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource(SimulatedFleet.Blow.class)
  void whateverBecomesOfTheOwnerAtAnyOfItsWritesAFailedDeployGoesBack(SimulatedFleet.Blow blow) {
    plans.waves("30%", "100%");
    plans.bake = Duration.ofSeconds(10);
    plans.budget = new Budget(Share.number(2), Share.NONE, Share.number(2), 1);
    int at = 0;
    SimulatedFleet fleet;
    do {
      fleet = struck(blow, ++at);
      fleet.members().subList(10, 16).forEach(m -> m.temper = SimulatedMember.Temper.ROLLS_BACK);
      Summary summary = fleet.run(2 * HOUR);

      assertThat(summary.ending()).as("write %d: %s", at, summary).isEqualTo(Ending.ROLLED_BACK);
      assertThat(fleet.members())
          .as("write %d: %s", at, summary)
          .allMatch(member -> member.running.equals(SimulatedFleet.OLD));
    } while (fleet.writes >= at);
    assertThat(at).as("writes of a deploy").isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 8, 12, 16, 20})
  void whatEachRanIsInTheRecordBeforeOneIsMoved(long seconds) {
    plans.hasStable = false;
    plans.maxUnavailable = Share.number(3);
    plans.budget = new Budget(Share.number(1), Share.NONE, Share.NONE, 1);
    SimulatedFleet fleet = fleet(seconds, 8);
    List<Commit> ran = new ArrayList<>();
    for (SimulatedMember member : fleet.members()) {
      member.running = new Commit("own-" + ran.size());
      member.everProven.add(member.running);
      ran.add(member.running);
    }
    fleet.members().subList(5, 8).forEach(m -> m.temper = SimulatedMember.Temper.ROLLS_BACK);
    started(fleet);
    fleet.store.refusesWrites = true;
    fleet.after(
        seconds * 1_000,
        () -> {
          fleet.store.refusesWrites = false;
          fleet.killOwner();
        });
    Summary summary = fleet.run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(fleet.members().stream().map(m -> m.running)).containsExactlyElementsOf(ran);
  }

  private SimulatedFleet struck(SimulatedFleet.Blow blow, int at) {
    SimulatedFleet fleet = fleet(at, 20);
    fleet.blow = blow;
    fleet.blowAt = at;
    return started(fleet);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 7, 12, 20, 28, 36, 50, 64})
  void anOwnerThatSleptPastItsLeaseChangesNothingAnyMore(long seconds) {
    plans.waves("30%", "100%");
    plans.bake = Duration.ofSeconds(10);
    SimulatedFleet fleet = fleet(seconds, 20);
    started(fleet);
    fleet.after(seconds * 1_000, () -> fleet.sleepOwner(70_000));
    Summary summary = fleet.run(2 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  @Test
  void anOwnerThatCannotAppendBeginsNothingAndGoesOnWhenItCan() {
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(16, 8);
    started(fleet);
    fleet.after(12_000, () -> fleet.store.trouble = 2);
    int[] begun = new int[1];
    fleet.after(60_000, () -> begun[0] = count(fleet, Event.Begun.class));
    fleet.after(
        120_000,
        () -> {
          assertThat(count(fleet, Event.Begun.class)).isEqualTo(begun[0]).isLessThan(8);
          fleet.store.trouble = 0;
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoseProcessStartsAgainBeforeItsTurnHasTimeToBeBack(boolean ownerDies) {
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(42, 12);
    SimulatedMember last = fleet.members().get(11);
    started(fleet);
    whenSaid(
        fleet,
        Event.Proven.class,
        () -> {
          last.inService = false;
          last.silent = true;
          fleet.report(last, new Report.Lost("the process ended"));
          if (ownerDies) {
            fleet.killOwner();
          }
          fleet.after(
              85_000,
              () -> {
                last.silent = false;
                last.inService = true;
                last.push();
              });
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(count(fleet, Event.Failed.class)).isZero();
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  // 10: those that are down already.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 10, 20})
  void thoseThatAreDownAlreadyCount(int down) {
    plans.minReady = Share.percent(80);
    plans.maxUnavailable = Share.percent(50);
    SimulatedFleet fleet = fleet(17, 20);
    fleet.members().subList(0, down).forEach(m -> m.inService = false);
    fleet.checksService = true;
    Summary summary = started(fleet).run(HOUR);

    assertThat(fleet.lowestInService).isGreaterThanOrEqualTo(Math.min(16, 20 - down));
    if (down <= 4) {
      assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    } else {
      assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.NOT_BEGUN);
      assertThat(summary.reason()).contains("--min-ready 80%", "--unhealthy-too");
    }
  }

  @Test
  void aFleetThatIsWhollyUnhealthyCanBeDeployedToWhenSomebodySaysSo() {
    plans.minReady = Share.percent(80);
    plans.unhealthyToo = true;
    SimulatedFleet fleet = fleet(18, 20);
    fleet.members().forEach(m -> m.inService = false);
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(fleet.members()).allMatch(m -> m.inService);
  }

  // 11: sequences.

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void deploysAndRollbacksInSequenceNeverLeadToARefusedCommit(long seed) {
    Random random = new Random(seed);
    SimulatedFleet fleet = fleet(seed, 9);
    Commit stable = SimulatedFleet.OLD;
    Set<Commit> bad = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      Commit next = new Commit("c" + i);
      boolean isBad = random.nextBoolean();
      fleet
          .members()
          .forEach(
              m -> {
                m.temper = isBad ? SimulatedMember.Temper.ROLLS_BACK : SimulatedMember.Temper.GOOD;
                m.standing = DeployStanding.NONE;
                m.attempt = 0;
                m.toward = null;
              });
      if (isBad) {
        bad.add(next);
      }
      fleet.again(Plans.of(plans.plan(), next, stable), next);
      Summary summary = fleet.run(HOUR);
      assertThat(summary.ending())
          .as("%s of %s: %s", next, isBad ? "bad" : "good", summary)
          .isEqualTo(isBad ? Ending.ROLLED_BACK : Ending.DONE);
      stable = summary.stableMoves() ? next : stable;
      Commit expected = stable;
      assertThat(fleet.members()).allMatch(m -> m.running.equals(expected));
      assertThat(bad).doesNotContain(expected);
    }
  }

  // 12: no way from unknown to success.

  @Test
  void halfAPageIsNotThatAllOthersVanished() {
    SimulatedFleet fleet = fleet(19, 20);
    started(fleet);
    fleet.after(5_000, () -> fleet.sourceHalf = true);
    fleet.after(100_000, () -> fleet.sourceHalf = false);
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.vanished()).isZero();
    assertThat(fleet.events).anyMatch(Event.SourceUnknown.class::isInstance);
  }

  @Test
  void aSourceThatNeverTellsAgainIsNoSuccess() {
    SimulatedFleet fleet = fleet(20, 8);
    started(fleet);
    whenSaid(fleet, "sweeping", () -> fleet.sourceDown = true);
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.PARTIAL);
    assertThat(summary.reason()).contains("no complete answer from 'fleet' (");
    assertThat(summary.proven()).isEqualTo(8);
    assertThat(summary.stableMoves()).isFalse();
  }

  @Test
  void aGateThatSaysGoodIsHeardHoweverShortItsTimeIs() {
    plans.gated = true;
    plans.bake = Duration.ofSeconds(1);
    Patience usual = plans.patience;
    plans.patience =
        new Patience(
            usual.check(),
            usual.stage(),
            usual.activate(),
            usual.silence(),
            usual.progress(),
            Duration.ofSeconds(3),
            usual.gatePause(),
            usual.pause(),
            usual.tail(),
            usual.sweep(),
            usual.lease());
    SimulatedFleet fleet = fleet(21, 4);
    started(fleet);
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
  }

  @Test
  void aGateThatNeverKnowsIsBad() {
    plans.gated = true;
    plans.waves("50%", "100%");
    SimulatedFleet fleet = fleet(21, 8);
    fleet.gate = question -> GateAnswer.UNKNOWN;
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.reason()).contains("did not say good within 120s");
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  @Test
  void aPromotionIsTakenOnceAndForItsGateOnly() {
    plans.gated = true;
    plans.waves("25%", "50%", "100%");
    SimulatedFleet fleet = fleet(22, 8);
    fleet.gate = question -> GateAnswer.UNKNOWN;
    started(fleet);
    whenSaid(fleet, "baking 1", () -> fleet.order(Order.What.PROMOTE, 1));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.reason()).contains("the gate after wave 2");
    assertThat(fleet.events)
        .filteredOn(
            event -> event instanceof Event.Gate gate && gate.why().startsWith("promoted by "))
        .hasSize(1);
  }

  @Test
  void anOrderThatIsToldAgainChangesAndSaysNothing() {
    plans.gated = true;
    plans.waves("25%", "100%");
    SimulatedFleet fleet = fleet(22, 8);
    fleet.gate = question -> GateAnswer.UNKNOWN;
    Input promotion =
        new Input.Ordered(new Order("o-1", Order.What.PROMOTE, 1, "me", "looked at it"));
    started(fleet);
    whenSaid(fleet, "baking 1", () -> fleet.feed(promotion));
    whenSaid(fleet, "activating 2", () -> fleet.feed(promotion));
    fleet.run(HOUR);

    assertThat(fleet.events)
        .filteredOn(
            event -> event instanceof Event.Gate gate && gate.why().startsWith("promoted by "))
        .containsExactly(new Event.Gate(1, GateAnswer.GOOD, "promoted by me, looked at it"));
  }

  @Test
  void aGateThatIsNotOpenIsNotPromoted() {
    plans.gated = true;
    plans.waves("25%", "50%", "100%");
    SimulatedFleet fleet = fleet(22, 8);
    fleet.gate = question -> GateAnswer.UNKNOWN;
    started(fleet);
    whenSaid(fleet, "activating 1", () -> fleet.order(Order.What.PROMOTE, 1));
    whenSaid(fleet, "baking 1", () -> fleet.order(Order.What.PROMOTE, 2));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.reason()).contains("the gate after wave 1");
    assertThat(fleet.events)
        .filteredOn(event -> event instanceof Event.Gate gate && gate.why().contains("not open"))
        .hasSize(2);
  }

  @Test
  void oneMemberUnderTwoAddressesCountsOnce() {
    SimulatedFleet fleet = fleet(23, 6);
    SimulatedMember twice = fleet.members().get(2);
    fleet.byAddress.put("10.9.9.9:1", twice);
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.planned()).isEqualTo(6);
    assertThat(twice.attempt).as("staged and activated once").isEqualTo(2);
  }

  // The rest of what the planner owes.

  @Test
  void aReleaseThatCannotBeStagedEndsItBeforeAnythingIsMoved() {
    SimulatedFleet fleet = fleet(24, 12);
    fleet.members().forEach(m -> m.temper = SimulatedMember.Temper.CANNOT_STAGE);
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ARTIFACT);
    assertThat(fleet.events).noneMatch(Event.Begun.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"355,12", "356,0", "0,0"})
  void aCommandThatCannotHoldAConnectionToEachAsksNobody(long openFiles, int untouched) {
    SimulatedFleet fleet = fleet(44, 100);
    started(fleet).feed(new Input.Means(openFiles, 0));
    Summary summary = fleet.run(HOUR);

    if (untouched == 0) {
      assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    } else {
      assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.NOT_BEGUN);
      assertThat(summary.reason())
          .contains("100 instances", "only 355 files", "(ulimit -n) to at least 356");
      assertThat(fleet.answers).noneMatch(Action.AskMember.class::isInstance);
    }
  }

  @Test
  void aMemberWithoutRoomForTheArchiveFailsBeforeAnythingIsStaged() {
    SimulatedFleet fleet = fleet(45, 12);
    SimulatedMember full = fleet.members().get(3);
    fleet.members().get(2).freeBytes = 1000;
    full.freeBytes = 999;
    started(fleet).feed(new Input.Means(0, 1000));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ARTIFACT);
    assertThat(summary.reason())
        .contains(full.address, "999 bytes free", "'new' alone takes 1000", "free some space");
    assertThat(fleet.answers)
        .noneMatch(a -> a instanceof Action.AskMember ask && ask.ask() instanceof Ask.Stage);
    fleet.assertReplays();
  }

  @Test
  void aMemberWithoutRoomIsOneOfThoseThatMayFail() {
    plans.budget = new Budget(Share.NONE, Share.number(1), Share.percent(20), 1);
    plans.successAt = Share.percent(90);
    SimulatedFleet fleet = fleet(46, 12);
    fleet.members().get(3).freeBytes = 999;
    started(fleet).feed(new Input.Means(0, 1000));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(11);
    assertThat(summary.failures()).containsEntry(Cause.ARTIFACT, 1);
  }

  @Test
  void aRollbackIsTriedWhereThereMayBeNoRoom() {
    plans.goBack = true;
    SimulatedFleet fleet = fleet(47, 6);
    fleet.members().forEach(m -> m.running = SimulatedFleet.NEW);
    fleet.members().get(3).freeBytes = 1;
    started(fleet).feed(new Input.Means(0, 1000));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
  }

  @Test
  void anAbortFinishesWhatIsUnderWayAndBeginsNothing() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(25, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.order(Order.What.ABORT, 0));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ABORTED);
    assertThat(summary.proven()).isBetween(1, 5);
    assertThat(summary.open()).isZero();
  }

  @Test
  void aPauseBeginsNothingUntilItIsOver() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(26, 12);
    started(fleet);
    int[] begun = new int[1];
    whenSaid(
        fleet,
        Event.Proven.class,
        () -> {
          fleet.order(Order.What.PAUSE, 0);
          fleet.after(100, () -> begun[0] = count(fleet, Event.Begun.class));
          fleet.after(
              30 * MINUTE,
              () -> {
                assertThat(count(fleet, Event.Begun.class)).isEqualTo(begun[0]);
                fleet.order(Order.What.RESUME, 0);
              });
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
  }

  @Test
  void aPauseThatNobodyEndsIsBadAfterItsTime() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(26, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.order(Order.What.PAUSE, 0));
    Summary summary = fleet.run(3 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.reason())
        .contains("paused, and nobody resumed it within 7200s", "--pause-timeout");
    assertRunning(fleet, SimulatedFleet.OLD);
    fleet.assertReplays();
  }

  @Test
  void aPauseThatNobodyEndsDuringARollbackEndsAndTheRestGoesBack() {
    plans.canary = Share.number(3);
    SimulatedFleet fleet = fleet(31, 12);
    fleet.members().get(0).temper = SimulatedMember.Temper.ROLLS_BACK;
    started(fleet);
    whenSaid(fleet, "going back", () -> fleet.order(Order.What.PAUSE, 0));
    Summary summary = fleet.run(3 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(fleet.now).isGreaterThan(2 * HOUR);
    assertRunning(fleet, SimulatedFleet.OLD);
  }

  // A newer image that is rolled out during the deploy.

  private static final Commit NEWER = new Commit("newer");

  @Test
  void aMemberOfANewImageIsLeftOutAndPausesTheDeployUntilAPersonLetsItGoOn() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(32, 12);
    started(fleet);
    SimulatedMember[] newer = new SimulatedMember[2];
    whenSaid(fleet, Event.Proven.class, () -> newer[0] = fleet.add(NEWER, "z0", NEWER));
    int[] begun = new int[1];
    whenSaid(
        fleet,
        Event.Paused.class,
        () -> {
          fleet.after(100, () -> begun[0] = count(fleet, Event.Begun.class));
          // What of the image comes later is left out as well, and is no news.
          fleet.after(10 * MINUTE, () -> newer[1] = fleet.add(NEWER, "z1", NEWER));
          fleet.after(
              30 * MINUTE,
              () -> {
                assertThat(count(fleet, Event.Begun.class)).isEqualTo(begun[0]).isLessThan(12);
                fleet.order(Order.What.RESUME, 0);
              });
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(12);
    assertThat(summary.joined()).isZero();
    assertThat(summary.images()).doesNotContain(NEWER);
    assertThat(summary.reason()).contains("2 instances of a newer image left out", "10.0.0.1");
    assertThat(pauses(fleet))
        .singleElement()
        .satisfies(
            pause ->
                assertThat(pause.why())
                    .contains(newer[0].address, "'newer'", "'fastdeploy resume'", "abort"));
    assertThat(fleet.events)
        .contains(
            new Event.NewImage(new MemberId(newer[0].address), NEWER),
            new Event.NewImage(new MemberId(newer[1].address), NEWER));
    for (SimulatedMember one : newer) {
      assertThat(one.attempt).as("it was asked nothing").isZero();
      assertThat(one.running).isEqualTo(NEWER);
    }
    fleet.assertReplays();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "activating 1", "baking 1", "activating 2", "sweeping"})
  void aNewImageIsNoMemberInWhateverPhaseItComes(String phase) {
    plans.waves("25%", "100%");
    plans.bake = Duration.ofSeconds(40);
    SimulatedFleet fleet = fleet(33, 12);
    started(fleet);
    whenSaid(fleet, phase, () -> fleet.add(NEWER, "z0", NEWER));
    whenSaid(
        fleet,
        Event.Paused.class,
        () -> fleet.after(MINUTE, () -> fleet.order(Order.What.RESUME, 0)));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(count(fleet, Event.NewImage.class)).isEqualTo(1);
    assertThat(summary.proven()).isEqualTo(12);
  }

  @Test
  void eachNewImageAsksAPersonOnce() {
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(34, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.add(NEWER, "z0", NEWER));
    whenSaid(
        fleet,
        Event.Paused.class,
        () -> {
          fleet.order(Order.What.RESUME, 0);
          fleet.add(NEWER, "z0", NEWER);
          fleet.add(new Commit("newest"), "z0", new Commit("newest"));
          fleet.onEvent(
              event -> event instanceof Event.Paused paused && paused.paused(),
              () -> fleet.order(Order.What.RESUME, 0));
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(pauses(fleet)).hasSize(2);
    assertThat(pauses(fleet).get(1).why()).contains("'newest'");
  }

  @Test
  void nobodyWhoAnswersANewImageIsBadAfterTheTimeOfAPause() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(35, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.add(NEWER, "z0", NEWER));
    Summary summary = fleet.run(3 * HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
    assertThat(summary.reason()).contains("nobody resumed it within 7200s");
    assertThat(fleet.members().stream().filter(m -> !NEWER.equals(m.image)))
        .allMatch(m -> m.running.equals(SimulatedFleet.OLD));
    assertThat(fleet.members().stream().filter(m -> NEWER.equals(m.image)))
        .allMatch(m -> m.running.equals(NEWER));
  }

  @Test
  void anAbortEndsWhatANewImagePaused() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(36, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.add(NEWER, "z0", NEWER));
    whenSaid(fleet, Event.Paused.class, () -> fleet.order(Order.What.ABORT, 0));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ABORTED);
  }

  @Test
  void whoGoesOnWithADeployThatANewImagePausedFindsItPaused() {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(37, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.add(NEWER, "z0", NEWER));
    int[] begun = new int[1];
    whenSaid(
        fleet,
        Event.Paused.class,
        () -> {
          fleet.after(20_000, fleet::killOwner);
          fleet.after(5 * MINUTE, () -> begun[0] = count(fleet, Event.Begun.class));
          fleet.after(
              20 * MINUTE,
              () -> {
                assertThat(count(fleet, Event.Begun.class)).isEqualTo(begun[0]).isLessThan(12);
                fleet.order(Order.What.RESUME, 0);
              });
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(12);
    assertThat(pauses(fleet)).hasSize(1);
    assertThat(summary.reason()).contains("1 instance of a newer image left out");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMemberThatIsReplacedByOneOfANewImageIsAMemberNoMore(boolean sameAddress) {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(38, 12);
    started(fleet);
    SimulatedMember[] next = new SimulatedMember[1];
    whenSaid(
        fleet,
        Event.Proven.class,
        () -> next[0] = fleet.replace(fleet.members().get(8), NEWER, sameAddress));
    whenSaid(fleet, Event.Paused.class, () -> fleet.order(Order.What.RESUME, 0));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(11);
    assertThat(next[0].attempt).isZero();
    assertThat(next[0].running).isEqualTo(NEWER);
  }

  @Test
  void whoComesWhileOthersOfItsImageWereNotHeardIsNotTakenForNewer() {
    plans.patience = answeringWithin(Duration.ofMinutes(1));
    SimulatedFleet fleet = new SimulatedFleet(41, plans.plan());
    SimulatedMember[] silent = new SimulatedMember[3];
    for (int i = 0; i < 12; i++) {
      SimulatedMember member = fleet.add(SimulatedFleet.OLD, "z0", i < 3 ? NEWER : null);
      if (i < 3) {
        silent[i] = member;
        member.silent = true;
      }
    }
    started(fleet);
    fleet.after(5_000, () -> fleet.add(NEWER, "z0", NEWER));
    fleet.after(
        45_000,
        () -> {
          for (SimulatedMember member : silent) {
            member.silent = false;
            member.push();
          }
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(13);
    assertThat(pauses(fleet)).isEmpty();
  }

  @Test
  void newcomersOfWhateverZoneKeepNobodyFromBeingAskedWhoWasThereBefore() {
    plans.patience = answeringWithin(Duration.ofMinutes(1));
    plans.budget = new Budget(Share.NONE, Share.NONE, Share.percent(100), 1);
    SimulatedFleet fleet = new SimulatedFleet(43, plans.plan());
    List<SimulatedMember> silent = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      SimulatedMember member = fleet.add(SimulatedFleet.OLD, "z1", new Commit("image"));
      member.silent = i < 32;
      silent.add(member);
    }
    started(fleet);
    fleet.after(
        20_000,
        () -> {
          for (int i = 0; i < 300; i++) {
            fleet.add(NEWER, "z0", NEWER);
          }
        });
    fleet.after(
        40_000,
        () ->
            silent.forEach(
                member -> {
                  member.silent = false;
                  member.push();
                }));
    whenSaid(fleet, Event.Paused.class, () -> fleet.order(Order.What.RESUME, 0));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(33);
    assertThat(summary.reason()).contains("300 instances of a newer image left out");
  }

  private Patience answeringWithin(Duration check) {
    Patience usual = plans.patience;
    return new Patience(
        check,
        usual.stage(),
        usual.activate(),
        usual.silence(),
        usual.progress(),
        usual.gate(),
        usual.gatePause(),
        usual.pause(),
        usual.tail(),
        usual.sweep(),
        usual.lease());
  }

  @Test
  void anAddressAtWhichAKnownImageIsBackJoinsAgain() {
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(39, 12);
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.replace(fleet.members().get(8), NEWER, true));
    whenSaid(
        fleet,
        Event.Paused.class,
        () -> {
          SimulatedMember strange =
              fleet.members().stream().filter(m -> NEWER.equals(m.image)).findFirst().orElseThrow();
          fleet.replace(strange, new Commit("image"), true);
          fleet.after(MINUTE, () -> fleet.order(Order.What.RESUME, 0));
        });
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.proven()).isEqualTo(12);
    assertThat(summary.reason()).isEmpty();
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by the record", "none told", "stable", "goal"})
  void whoComesFromAnImageThatIsKnownJoins(String how) {
    plans.maxUnavailable = Share.number(2);
    SimulatedFleet fleet = fleet(40, 6);
    fleet.images = Set.of(new Commit("earlier"));
    Commit image =
        switch (how) {
          case "by the record" -> new Commit("earlier");
          case "stable" -> SimulatedFleet.OLD;
          case "goal" -> SimulatedFleet.NEW;
          default -> null;
        };
    started(fleet);
    whenSaid(fleet, Event.Proven.class, () -> fleet.add(SimulatedFleet.OLD, "z0", image));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.joined()).isEqualTo(1);
    assertThat(pauses(fleet)).isEmpty();
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  @Test
  void membersThatWereThereAtTheBeginningAreMembersWhateverTheirImage() {
    SimulatedFleet fleet = fleet(41, 6);
    fleet.images = Set.of(new Commit("earlier"));
    fleet.members().get(2).image = NEWER;
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.DONE);
    assertThat(summary.images()).contains(NEWER);
    assertRunning(fleet, SimulatedFleet.NEW);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNewImageHoldsUpNoRollback(boolean wanted) {
    plans.goBack = wanted;
    plans.maxUnavailable = Share.number(2);
    plans.canary = Share.number(3);
    SimulatedFleet fleet = fleet(42, 12);
    if (wanted) {
      fleet.members().forEach(m -> m.running = SimulatedFleet.NEW);
    }
    fleet.members().get(0).temper = SimulatedMember.Temper.ROLLS_BACK;
    started(fleet);
    whenSaid(fleet, "going back", () -> fleet.add(NEWER, "z0", NEWER));
    Summary summary = fleet.run(HOUR);

    assertThat(summary.ending())
        .as("%s", summary)
        .isEqualTo(wanted ? Ending.DONE : Ending.ROLLED_BACK);
    assertThat(count(fleet, Event.NewImage.class)).isEqualTo(1);
    assertThat(pauses(fleet)).isEmpty();
    assertThat(fleet.members().stream().filter(m -> !NEWER.equals(m.image)))
        .allMatch(m -> m.running.equals(SimulatedFleet.OLD));
  }

  @Test
  void whatANewImagePausedGoesBackWithoutAWordWhenItFails() {
    SimulatedFleet fleet = fleet(43, 12);
    fleet.members().get(0).temper = SimulatedMember.Temper.HANGS;
    started(fleet);
    whenSaid(fleet, Event.Begun.class, () -> fleet.add(NEWER, "z0", NEWER));
    List<Class<?>> order = new ArrayList<>();
    whenSaid(fleet, Event.Paused.class, () -> order.add(Event.Paused.class));
    whenSaid(fleet, Event.Stopped.class, () -> order.add(Event.Stopped.class));
    Summary summary = fleet.run(HOUR);

    assertThat(order).containsExactly(Event.Paused.class, Event.Stopped.class);
    assertThat(summary.ending()).as("%s", summary).isEqualTo(Ending.ROLLED_BACK);
  }

  private static List<Event.Paused> pauses(SimulatedFleet fleet) {
    return fleet.events.stream()
        .filter(Event.Paused.class::isInstance)
        .map(Event.Paused.class::cast)
        .filter(Event.Paused::paused)
        .toList();
  }

  @Test
  void zonesGoInTheirOrder() {
    plans.zones = List.of("z2", "z0");
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(27, 9);
    started(fleet).run(HOUR);

    List<String> zones =
        fleet.events.stream()
            .filter(Event.Begun.class::isInstance)
            .map(
                event ->
                    java.util.Objects.requireNonNull(
                            fleet.byAddress.get(((Event.Begun) event).member().value()))
                        .zone)
            .toList();
    assertThat(zones).containsExactly("z2", "z2", "z2", "z0", "z0", "z0", "z1", "z1", "z1");
  }

  @ParameterizedTest
  @EnumSource(SimulatedMember.Temper.class)
  void holdLeavesEverythingAsItIs(SimulatedMember.Temper temper) {
    plans.onFailure = OnFailure.HOLD;
    plans.maxUnavailable = Share.number(1);
    SimulatedFleet fleet = fleet(28, 6);
    fleet.members().get(2).temper = temper;
    fleet.members().get(3).temper = temper;
    Summary summary = started(fleet).run(HOUR);

    assertThat(summary.returned()).as("%s", summary).isZero();
    assertThat(summary.ending()).isNotEqualTo(Ending.ROLLED_BACK);
  }

  @Test
  void nobodyThereIsNoDeploy() {
    Summary summary = started(fleet(29, 0)).run(HOUR);

    assertThat(summary.ending()).isEqualTo(Ending.NO_INSTANCES);
  }

  private SimulatedFleet fleet(long seed, int members) {
    return new SimulatedFleet(seed, plans.plan()).with(members);
  }

  private static SimulatedFleet started(SimulatedFleet fleet) {
    fleet.start();
    return fleet;
  }

  private static int count(SimulatedFleet fleet, Class<? extends Event> kind) {
    return (int) fleet.events.stream().filter(kind::isInstance).count();
  }

  private static void whenSaid(SimulatedFleet fleet, Class<? extends Event> kind, Runnable then) {
    fleet.onEvent(kind::isInstance, then);
  }

  private static void whenSaid(SimulatedFleet fleet, String phase, Runnable then) {
    fleet.onEvent(
        event -> event instanceof Event.Entered entered && entered.phase().equals(phase), then);
  }

  private static void assertRunning(SimulatedFleet fleet, Commit commit) {
    assertThat(fleet.members()).allMatch(member -> member.running.equals(commit));
  }
}
