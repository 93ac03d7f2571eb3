package dev.fastdeploy.launcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.control.v1.Accepted;
import dev.fastdeploy.control.v1.Chosen;
import dev.fastdeploy.control.v1.DeployEvent;
import dev.fastdeploy.control.v1.InstanceStatus;
import dev.fastdeploy.control.v1.Noted;
import dev.fastdeploy.control.v1.Outcome;
import dev.fastdeploy.control.v1.Refusal;
import dev.fastdeploy.control.v1.Reloading;
import dev.fastdeploy.control.v1.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetDeployTest {

  private static final Commit COMMIT = new Commit("new");
  private static final CallFailure BROKEN =
      new CallFailure(CallFailure.Kind.BROKEN, "Connection refused");

  private final List<FleetEvent> told = new ArrayList<>();
  private final List<Effect> calls = new ArrayList<>();
  private long now = 1_000_000;
  private int wakes;

  @Test
  void noMoreThanAllowedAreUnderWay() {
    FleetDeploy fleet = started(5, 2, false);

    assertThat(opened()).containsExactly(target(0), target(1));

    proven(fleet, 1);
    assertThat(opened()).containsExactly(target(0), target(1), target(2));
    assertThat(fleet.finished()).isFalse();
  }

  @Test
  void allProvenIsASuccess() {
    FleetDeploy fleet = started(3, 3, false);

    IntStream.range(0, 3).forEach(i -> proven(fleet, i));

    assertThat(fleet.finished()).isTrue();
    assertThat(fleet.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 3, 0, 0, 0));
    assertThat(told).last().isEqualTo(new FleetEvent.Finished(fleet.summary()));
  }

  @Test
  void nothingIsBegunAfterAFailureAndThoseUnderWayAreWaitedFor() {
    FleetDeploy fleet = started(4, 2, false);

    said(fleet, 0, outcome(Result.RESULT_ROLLED_BACK));
    assertThat(fleet.finished()).isFalse();
    proven(fleet, 1);

    assertThat(opened()).containsExactly(target(0), target(1));
    assertThat(fleet.finished()).isTrue();
    assertThat(fleet.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 1, 1, 2, 2));
  }

  @Test
  void brokenStreamIsFollowedByTheQuestionForTheOutcome() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    said(fleet, 0, event().setReloading(Reloading.getDefaultInstance()).build());

    streamEnded(fleet, 0, BROKEN);
    assertThat(told).last().isInstanceOf(FleetEvent.Reconnecting.class);
    assertThat(lastCall()).isInstanceOf(Effect.Disconnect.class);

    wake(fleet);
    assertThat(lastCall()).isInstanceOf(Effect.AskOutcome.class);
    askFailed(fleet, 0, BROKEN);
    wake(fleet);
    answered(fleet, 0, Result.RESULT_PENDING);
    assertThat(told).last().isInstanceOf(FleetEvent.OnProbation.class);
    wake(fleet);
    answered(fleet, 0, Result.RESULT_PROVEN);

    assertThat(fleet.summary().exitCode()).isZero();
  }

  @Test
  void anInstanceThatWaitsIsAskedAgainAtOnce() {
    FleetDeploy fleet = onProbation();
    for (int i = 0; i < 3; i++) {
      assertThat(((Effect.AskOutcome) lastCall()).patience()).isEqualTo(Duration.ofSeconds(5));
      long asked = now;
      now += 5_003;
      answered(fleet, 0, Result.RESULT_PENDING);
      wake(fleet);
      assertThat(now - asked).isEqualTo(5_003);
    }
    now += 1_234;
    answered(fleet, 0, Result.RESULT_PROVEN);

    assertThat(fleet.summary().exitCode()).isZero();
  }

  @Test
  void anInstanceThatDoesNotWaitIsAskedAgainAfterAPause() {
    FleetDeploy fleet = onProbation();
    for (int i = 0; i < 3; i++) {
      now += 2;
      long answered = now;
      answered(fleet, 0, Result.RESULT_PENDING);
      wake(fleet);
      assertThat(now - answered).isEqualTo(200);
    }
  }

  private FleetDeploy onProbation() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    streamEnded(fleet, 0, BROKEN);
    wake(fleet);
    return fleet;
  }

  @Test
  void theStreamOfAReloadInPlaceGoesOnToTheOutcome() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    said(
        fleet,
        0,
        event().setChosen(Chosen.newBuilder().setStrategy("module").setBecause("why")).build());
    said(fleet, 0, event().setNoted(Noted.newBuilder().setLine("a thread")).build());
    said(
        fleet,
        0,
        event().setLoaders(dev.fastdeploy.control.v1.OldLoaders.newBuilder().setLeaked(1)).build());
    said(
        fleet,
        0,
        event()
            .setOutcome(Outcome.newBuilder().setCommit("new").setResult(Result.RESULT_PROVEN))
            .build());

    assertThat(told)
        .filteredOn(FleetEvent.Chosen.class::isInstance)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(((FleetEvent.Chosen) event).strategy()).isEqualTo("module");
              assertThat(((FleetEvent.Chosen) event).because()).isEqualTo("why");
            });
    assertThat(told).anyMatch(FleetEvent.Noted.class::isInstance);
    assertThat(told).anyMatch(FleetEvent.Loaders.class::isInstance);
    assertThat(told).noneMatch(FleetEvent.Reconnecting.class::isInstance);
    assertThat(fleet.summary().exitCode()).isZero();
  }

  @Test
  void aConnectionThatEndsWithTheProcessIsNoFault() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    said(fleet, 0, event().setReloading(Reloading.newBuilder().setProcessEnds(true)).build());

    streamEnded(fleet, 0, BROKEN);

    assertThat(reconnecting().processReplaced()).isTrue();
    assertThat(reconnecting().reason()).isEqualTo(BROKEN.message());
  }

  @Test
  void aConnectionThatIsLostBeforeIsOne() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);

    streamEnded(fleet, 0, BROKEN);

    assertThat(reconnecting().processReplaced()).isFalse();
  }

  private FleetEvent.Reconnecting reconnecting() {
    return told.stream()
        .filter(FleetEvent.Reconnecting.class::isInstance)
        .map(FleetEvent.Reconnecting.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void reconnectingIsToldOnceHoweverOftenItFails() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    streamEnded(fleet, 0, BROKEN);
    for (int i = 0; i < 5; i++) {
      wake(fleet);
      askFailed(fleet, 0, BROKEN);
    }

    assertThat(told).filteredOn(FleetEvent.Reconnecting.class::isInstance).hasSize(1);
  }

  @Test
  void backOffGrowsToHalfASecond() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    List<Long> pauses = new ArrayList<>();
    streamEnded(fleet, 0, BROKEN);
    for (int i = 0; i < 6; i++) {
      long before = now;
      wake(fleet);
      pauses.add(now - before);
      askFailed(fleet, 0, BROKEN);
    }

    assertThat(pauses).containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
  }

  @Test
  void instanceThatNeverComesBackIsUnreachableAtTheTimeout() {
    FleetDeploy fleet = started(1, 1, false);
    long began = now;
    accepted(fleet, 0);
    streamEnded(fleet, 0, BROKEN);
    while (!fleet.finished()) {
      wake(fleet);
      if (!fleet.finished() && lastCall() instanceof Effect.AskOutcome) {
        askFailed(fleet, 0, BROKEN);
      }
    }

    assertThat(now - began).isEqualTo(Duration.ofMinutes(5).toMillis());
    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.UNREACHABLE);
    assertThat(ended().reason())
        .contains("did not come back within 5m", "Connection refused", "accepted");
    assertThat(fleet.summary().exitCode()).isEqualTo(2);
  }

  @Test
  void instanceThatNeverAnswersIsUnreachableSoon() {
    FleetDeploy fleet = started(2, 1, false);
    long began = now;
    streamEnded(fleet, 0, BROKEN);
    while (!fleet.finished()) {
      wake(fleet);
      if (!fleet.finished() && lastCall() instanceof Effect.AskOutcome) {
        askFailed(fleet, 0, BROKEN);
      }
    }

    assertThat(now - began).isEqualTo(Duration.ofSeconds(10).toMillis());
    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.UNREACHABLE);
    assertThat(ended().reason()).contains("check the address").doesNotContain("may have started");
    assertThat(fleet.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 1, 1));
    assertThat(told).noneMatch(FleetEvent.Reconnecting.class::isInstance);
  }

  @Test
  void instanceThatWasConnectedAndNeverAnsweredMayHaveBegun() {
    FleetDeploy fleet = started(2, 1, false);
    perform(fleet.on(new Signal.Connected(target(0), lastOpened(0).call()), now));
    streamEnded(fleet, 0, BROKEN);
    while (!fleet.finished()) {
      wake(fleet);
      if (!fleet.finished() && lastCall() instanceof Effect.AskOutcome) {
        askFailed(fleet, 0, BROKEN);
      }
    }

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.UNREACHABLE);
    assertThat(ended().reason())
        .isEqualTo(
            "no answer within 10s: Connection refused; it may have started the deploy: look with"
                + " 'fastdeploy status --target 10.0.0.0:7000'");
    assertThat(fleet.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 1, 2));
  }

  @Test
  void silentHostIsAskedBesideTheStream() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    long heard = now;
    wake(fleet);

    assertThat(now - heard).isEqualTo(10_000);
    assertThat(((Effect.AskOutcome) lastCall()).patience()).isZero();
    answered(fleet, 0, Result.RESULT_PENDING);
    proven(fleet, 0);
    assertThat(fleet.summary().exitCode()).isZero();
  }

  @Test
  void lostRequestIsAskedOnceMoreWithTheSameId() {
    FleetDeploy fleet = started(1, 1, false);
    streamEnded(fleet, 0, BROKEN);
    wake(fleet);
    answered(fleet, 0, Result.RESULT_UNKNOWN);
    assertThat(opened()).containsExactly(target(0), target(0));

    streamEnded(fleet, 0, BROKEN);
    wake(fleet);
    answered(fleet, 0, Result.RESULT_UNKNOWN);
    assertThat(opened()).hasSize(2);
    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(ended().reason()).contains("no record of the deploy");
  }

  @Test
  void acceptedDeployIsNeverAskedAgain() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    streamEnded(fleet, 0, BROKEN);
    wake(fleet);
    answered(fleet, 0, Result.RESULT_UNKNOWN);

    assertThat(opened()).hasSize(1);
    assertThat(ended().reason()).contains("no record of the deploy (last seen: accepted)");
  }

  @Test
  void runningAndProvenCountsAsThere() {
    FleetDeploy fleet = started(1, 1, false);
    said(fleet, 0, refusal(Refusal.REFUSAL_ALREADY_RUNNING));
    assertThat(lastCall()).isInstanceOf(Effect.AskStatus.class);
    described(fleet, InstanceStatus.newBuilder().setRunning("new").setProven("new").build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.PROVEN);
    assertThat(ended().reason()).isEqualTo("already there");
  }

  @Test
  void runningButNotProvenIsRefused() {
    FleetDeploy fleet = started(1, 1, false);
    said(fleet, 0, refusal(Refusal.REFUSAL_ALREADY_RUNNING));
    described(
        fleet,
        InstanceStatus.newBuilder().setRunning("new").setProven("old").setPending("new").build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.REFUSED);
    assertThat(ended().refusal()).isEqualTo("ALREADY_RUNNING");
  }

  @Test
  void forcedDeployGoesOnWhereItRunsAlready() {
    FleetDeploy fleet = started(2, 1, true);
    said(fleet, 0, refusal(Refusal.REFUSAL_ALREADY_RUNNING));
    described(fleet, InstanceStatus.newBuilder().setRunning("new").setProven("new").build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.PROVEN);
    assertThat(opened()).containsExactly(target(0), target(1));
    proven(fleet, 1);
    assertThat(fleet.summary().exitCode()).isZero();
  }

  @Test
  void forcedDeployTakesAnyOtherRefusalAsOne() {
    FleetDeploy fleet = started(1, 1, true);
    said(fleet, 0, refusal(Refusal.REFUSAL_BUSY));

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.REFUSED);
    assertThat(fleet.summary().exitCode()).isEqualTo(2);
  }

  @Test
  void outcomeOfAnotherCommitIsNotTakenForThisDeploys() {
    FleetDeploy fleet = started(1, 1, false);
    said(
        fleet,
        0,
        event()
            .setCommit("other")
            .setOutcome(Outcome.newBuilder().setCommit("other").setResult(Result.RESULT_PROVEN))
            .build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(ended().reason())
        .isEqualTo(
            "the deploy id 'd-1' already belongs to a deploy of 'other' on this instance; choose"
                + " another id");
    assertThat(fleet.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 0, 2));
  }

  @Test
  void rejectedCredentialsEndItAtOnce() {
    FleetDeploy fleet = started(2, 1, false);
    streamEnded(fleet, 0, new CallFailure(CallFailure.Kind.REJECTED, "who are you"));

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(fleet.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 1, 2));
  }

  @Test
  void pendingAtTheTimeoutIsAFailureThatSaysSo() {
    FleetDeploy fleet = started(1, 1, false);
    accepted(fleet, 0);
    streamEnded(fleet, 0, BROKEN);
    while (!fleet.finished()) {
      wake(fleet);
      if (!fleet.finished() && lastCall() instanceof Effect.AskOutcome) {
        answered(fleet, 0, Result.RESULT_PENDING);
      }
    }

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(ended().reason()).contains("no outcome within 5m", "on probation");
  }

  @Test
  void lateSignalOfAnOldCallIsPassedOver() {
    FleetDeploy fleet = started(1, 1, false);
    Effect.OpenStream first = lastOpened(0);
    accepted(fleet, 0);
    streamEnded(fleet, 0, BROKEN);

    perform(fleet.on(new Signal.Said(target(0), first.call(), outcome(Result.RESULT_FAILED)), now));

    assertThat(fleet.finished()).isFalse();
  }

  @Test
  void interruptTellsWhatIsLeftBehind() {
    FleetDeploy fleet = started(4, 2, false);
    proven(fleet, 0);
    perform(fleet.interrupt());

    assertThat(told)
        .last()
        .isEqualTo(
            new FleetEvent.Interrupted(
                new DeployId("d-1"),
                List.of(target(0)),
                List.of(target(1), target(2)),
                List.of(target(3))));
    assertThat(fleet.finished()).isTrue();
  }

  private FleetDeploy started(int instances, int maxUnavailable, boolean force) {
    DeployOrder order =
        new DeployOrder(
            DeployOrder.Operation.DEPLOY,
            COMMIT,
            "",
            "",
            "",
            new DeployId("d-1"),
            1,
            null,
            force,
            maxUnavailable,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));
    FleetDeploy fleet =
        new FleetDeploy(
            order, IntStream.range(0, instances).mapToObj(FleetDeployTest::target).toList());
    perform(fleet.start(now));
    return fleet;
  }

  private static Target target(int i) {
    return new Target.Port("10.0.0." + i, 7000);
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell tell) {
        told.add(tell.event());
      } else {
        calls.add(effect);
      }
    }
  }

  private void wake(FleetDeploy fleet) {
    assertThat(++wakes).as("wakes, which must not go on for ever").isLessThan(10_000);
    OptionalLong at = fleet.wakeAt();
    now = Math.max(now, at.orElseThrow());
    perform(fleet.tick(now));
  }

  private void said(FleetDeploy fleet, int i, DeployEvent event) {
    perform(fleet.on(new Signal.Said(target(i), lastOpened(i).call(), event), now));
  }

  private void accepted(FleetDeploy fleet, int i) {
    said(fleet, i, event().setAccepted(Accepted.newBuilder().setRunning("old")).build());
  }

  private void proven(FleetDeploy fleet, int i) {
    said(fleet, i, outcome(Result.RESULT_PROVEN));
  }

  private void streamEnded(FleetDeploy fleet, int i, CallFailure failure) {
    perform(fleet.on(new Signal.StreamEnded(target(i), lastOpened(i).call(), failure), now));
  }

  private void answered(FleetDeploy fleet, int i, Result result) {
    Effect.AskOutcome ask = (Effect.AskOutcome) lastCall();
    perform(
        fleet.on(
            new Signal.Answered(
                target(i), ask.call(), Outcome.newBuilder().setResult(result).build()),
            now));
  }

  private void askFailed(FleetDeploy fleet, int i, CallFailure failure) {
    Effect.AskOutcome ask = (Effect.AskOutcome) lastCall();
    perform(fleet.on(new Signal.AskFailed(target(i), ask.call(), failure), now));
  }

  private void described(FleetDeploy fleet, InstanceStatus status) {
    Effect.AskStatus ask = (Effect.AskStatus) lastCall();
    perform(fleet.on(new Signal.Described(target(0), ask.call(), status), now));
  }

  private static DeployEvent.Builder event() {
    return DeployEvent.newBuilder().setDeployId("d-1").setCommit("new").setTimeMs(5);
  }

  private static DeployEvent outcome(Result result) {
    return event().setOutcome(Outcome.newBuilder().setResult(result)).build();
  }

  private static DeployEvent refusal(Refusal refusal) {
    return event()
        .setOutcome(Outcome.newBuilder().setResult(Result.RESULT_REFUSED).setRefusal(refusal))
        .build();
  }

  private List<Target> opened() {
    return calls.stream()
        .filter(Effect.OpenStream.class::isInstance)
        .map(effect -> ((Effect.OpenStream) effect).target())
        .toList();
  }

  private Effect.OpenStream lastOpened(int i) {
    return calls.stream()
        .filter(Effect.OpenStream.class::isInstance)
        .map(Effect.OpenStream.class::cast)
        .filter(open -> open.target().equals(target(i)))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private Effect lastCall() {
    return calls.get(calls.size() - 1);
  }

  private InstanceOutcome ended() {
    return told.stream()
        .filter(FleetEvent.Ended.class::isInstance)
        .map(event -> ((FleetEvent.Ended) event).outcome())
        .findFirst()
        .orElseThrow();
  }
}
