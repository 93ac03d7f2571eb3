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

class TargetsDeployTest {

  private static final Commit COMMIT = new Commit("new");
  private static final CallFailure BROKEN =
      new CallFailure(CallFailure.Kind.BROKEN, "Connection refused");

  private final List<FleetEvent> told = new ArrayList<>();
  private final List<Effect> calls = new ArrayList<>();
  private long now = 1_000_000;
  private int wakes;

  @Test
  void noMoreThanAllowedAreUnderWay() {
    TargetsDeploy deploy = started(5, 2, false);

    assertThat(opened()).containsExactly(target(0), target(1));

    proven(deploy, 1);
    assertThat(opened()).containsExactly(target(0), target(1), target(2));
    assertThat(deploy.finished()).isFalse();
  }

  @Test
  void allProvenIsASuccess() {
    TargetsDeploy deploy = started(3, 3, false);

    IntStream.range(0, 3).forEach(i -> proven(deploy, i));

    assertThat(deploy.finished()).isTrue();
    assertThat(deploy.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 3, 0, 0, 0));
    assertThat(told).last().isEqualTo(new FleetEvent.Finished(deploy.summary()));
  }

  @Test
  void nothingIsBegunAfterAFailureAndThoseUnderWayAreWaitedFor() {
    TargetsDeploy deploy = started(4, 2, false);

    said(deploy, 0, outcome(Result.RESULT_ROLLED_BACK));
    assertThat(deploy.finished()).isFalse();
    proven(deploy, 1);

    assertThat(opened()).containsExactly(target(0), target(1));
    assertThat(deploy.finished()).isTrue();
    assertThat(deploy.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 1, 1, 2, 2));
  }

  @Test
  void brokenStreamIsFollowedByTheQuestionForTheOutcome() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    said(deploy, 0, event().setReloading(Reloading.getDefaultInstance()).build());

    streamEnded(deploy, 0, BROKEN);
    assertThat(told).last().isInstanceOf(FleetEvent.Reconnecting.class);
    assertThat(lastCall()).isInstanceOf(Effect.Disconnect.class);

    wake(deploy);
    assertThat(lastCall()).isInstanceOf(Effect.AskOutcome.class);
    askFailed(deploy, 0, BROKEN);
    wake(deploy);
    answered(deploy, 0, Result.RESULT_PENDING);
    assertThat(told).last().isInstanceOf(FleetEvent.OnProbation.class);
    wake(deploy);
    answered(deploy, 0, Result.RESULT_PROVEN);

    assertThat(deploy.summary().exitCode()).isZero();
  }

  @Test
  void anInstanceThatWaitsIsAskedAgainAtOnce() {
    TargetsDeploy deploy = onProbation();
    for (int i = 0; i < 3; i++) {
      assertThat(((Effect.AskOutcome) lastCall()).patience()).isEqualTo(Duration.ofSeconds(5));
      long asked = now;
      now += 5_003;
      answered(deploy, 0, Result.RESULT_PENDING);
      wake(deploy);
      assertThat(now - asked).isEqualTo(5_003);
    }
    now += 1_234;
    answered(deploy, 0, Result.RESULT_PROVEN);

    assertThat(deploy.summary().exitCode()).isZero();
  }

  @Test
  void anInstanceThatDoesNotWaitIsAskedAgainAfterAPause() {
    TargetsDeploy deploy = onProbation();
    for (int i = 0; i < 3; i++) {
      now += 2;
      long answered = now;
      answered(deploy, 0, Result.RESULT_PENDING);
      wake(deploy);
      assertThat(now - answered).isEqualTo(200);
    }
  }

  private TargetsDeploy onProbation() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    streamEnded(deploy, 0, BROKEN);
    wake(deploy);
    return deploy;
  }

  @Test
  void theStreamOfAReloadInPlaceGoesOnToTheOutcome() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    said(
        deploy,
        0,
        event().setChosen(Chosen.newBuilder().setStrategy("module").setBecause("why")).build());
    said(deploy, 0, event().setNoted(Noted.newBuilder().setLine("a thread")).build());
    said(
        deploy,
        0,
        event().setLoaders(dev.fastdeploy.control.v1.OldLoaders.newBuilder().setLeaked(1)).build());
    said(
        deploy,
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
    assertThat(deploy.summary().exitCode()).isZero();
  }

  @Test
  void aConnectionThatEndsWithTheProcessIsNoFault() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    said(deploy, 0, event().setReloading(Reloading.newBuilder().setProcessEnds(true)).build());

    streamEnded(deploy, 0, BROKEN);

    assertThat(reconnecting().processReplaced()).isTrue();
    assertThat(reconnecting().reason()).isEqualTo(BROKEN.message());
  }

  @Test
  void aConnectionThatIsLostBeforeIsOne() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);

    streamEnded(deploy, 0, BROKEN);

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
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    streamEnded(deploy, 0, BROKEN);
    for (int i = 0; i < 5; i++) {
      wake(deploy);
      askFailed(deploy, 0, BROKEN);
    }

    assertThat(told).filteredOn(FleetEvent.Reconnecting.class::isInstance).hasSize(1);
  }

  @Test
  void backOffGrowsToHalfASecond() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    List<Long> pauses = new ArrayList<>();
    streamEnded(deploy, 0, BROKEN);
    for (int i = 0; i < 6; i++) {
      long before = now;
      wake(deploy);
      pauses.add(now - before);
      askFailed(deploy, 0, BROKEN);
    }

    assertThat(pauses).containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
  }

  @Test
  void instanceThatNeverComesBackIsUnreachableAtTheTimeout() {
    TargetsDeploy deploy = started(1, 1, false);
    long began = now;
    accepted(deploy, 0);
    streamEnded(deploy, 0, BROKEN);
    while (!deploy.finished()) {
      wake(deploy);
      if (!deploy.finished() && lastCall() instanceof Effect.AskOutcome) {
        askFailed(deploy, 0, BROKEN);
      }
    }

    assertThat(now - began).isEqualTo(Duration.ofMinutes(5).toMillis());
    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.UNREACHABLE);
    assertThat(ended().reason())
        .contains("did not come back within 5m", "Connection refused", "accepted");
    assertThat(deploy.summary().exitCode()).isEqualTo(2);
  }

  @Test
  void instanceThatNeverAnswersIsUnreachableSoon() {
    TargetsDeploy deploy = started(2, 1, false);
    long began = now;
    streamEnded(deploy, 0, BROKEN);
    while (!deploy.finished()) {
      wake(deploy);
      if (!deploy.finished() && lastCall() instanceof Effect.AskOutcome) {
        askFailed(deploy, 0, BROKEN);
      }
    }

    assertThat(now - began).isEqualTo(Duration.ofSeconds(10).toMillis());
    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.UNREACHABLE);
    assertThat(ended().reason()).contains("check the address").doesNotContain("may have started");
    assertThat(deploy.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 1, 1));
    assertThat(told).noneMatch(FleetEvent.Reconnecting.class::isInstance);
  }

  @Test
  void instanceThatWasConnectedAndNeverAnsweredMayHaveBegun() {
    TargetsDeploy deploy = started(2, 1, false);
    perform(deploy.on(new CallReport.Connected(target(0), lastOpened(0).call()), now));
    streamEnded(deploy, 0, BROKEN);
    while (!deploy.finished()) {
      wake(deploy);
      if (!deploy.finished() && lastCall() instanceof Effect.AskOutcome) {
        askFailed(deploy, 0, BROKEN);
      }
    }

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.UNREACHABLE);
    assertThat(ended().reason())
        .isEqualTo(
            "no answer within 10s: Connection refused; it may have started the deploy: look with"
                + " 'fastdeploy status --target 10.0.0.0:7000'");
    assertThat(deploy.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 1, 2));
  }

  @Test
  void silentHostIsAskedBesideTheStream() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    long heard = now;
    wake(deploy);

    assertThat(now - heard).isEqualTo(10_000);
    assertThat(((Effect.AskOutcome) lastCall()).patience()).isZero();
    answered(deploy, 0, Result.RESULT_PENDING);
    proven(deploy, 0);
    assertThat(deploy.summary().exitCode()).isZero();
  }

  @Test
  void lostRequestIsAskedOnceMoreWithTheSameId() {
    TargetsDeploy deploy = started(1, 1, false);
    streamEnded(deploy, 0, BROKEN);
    wake(deploy);
    answered(deploy, 0, Result.RESULT_UNKNOWN);
    assertThat(opened()).containsExactly(target(0), target(0));

    streamEnded(deploy, 0, BROKEN);
    wake(deploy);
    answered(deploy, 0, Result.RESULT_UNKNOWN);
    assertThat(opened()).hasSize(2);
    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(ended().reason()).contains("no record of the deploy");
  }

  @Test
  void acceptedDeployIsNeverAskedAgain() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    streamEnded(deploy, 0, BROKEN);
    wake(deploy);
    answered(deploy, 0, Result.RESULT_UNKNOWN);

    assertThat(opened()).hasSize(1);
    assertThat(ended().reason()).contains("no record of the deploy (last seen: accepted)");
  }

  @Test
  void runningAndProvenCountsAsThere() {
    TargetsDeploy deploy = started(1, 1, false);
    said(deploy, 0, refusal(Refusal.REFUSAL_ALREADY_RUNNING));
    assertThat(lastCall()).isInstanceOf(Effect.AskStatus.class);
    described(deploy, InstanceStatus.newBuilder().setRunning("new").setProven("new").build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.PROVEN);
    assertThat(ended().reason()).isEqualTo("already there");
  }

  @Test
  void runningButNotProvenIsRefused() {
    TargetsDeploy deploy = started(1, 1, false);
    said(deploy, 0, refusal(Refusal.REFUSAL_ALREADY_RUNNING));
    described(
        deploy,
        InstanceStatus.newBuilder().setRunning("new").setProven("old").setPending("new").build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.REFUSED);
    assertThat(ended().refusal()).isEqualTo("ALREADY_RUNNING");
  }

  @Test
  void forcedDeployGoesOnWhereItRunsAlready() {
    TargetsDeploy deploy = started(2, 1, true);
    said(deploy, 0, refusal(Refusal.REFUSAL_ALREADY_RUNNING));
    described(deploy, InstanceStatus.newBuilder().setRunning("new").setProven("new").build());

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.PROVEN);
    assertThat(opened()).containsExactly(target(0), target(1));
    proven(deploy, 1);
    assertThat(deploy.summary().exitCode()).isZero();
  }

  @Test
  void forcedDeployTakesAnyOtherRefusalAsOne() {
    TargetsDeploy deploy = started(1, 1, true);
    said(deploy, 0, refusal(Refusal.REFUSAL_BUSY));

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.REFUSED);
    assertThat(deploy.summary().exitCode()).isEqualTo(2);
  }

  @Test
  void outcomeOfAnotherCommitIsNotTakenForThisDeploys() {
    TargetsDeploy deploy = started(1, 1, false);
    said(
        deploy,
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
    assertThat(deploy.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 0, 2));
  }

  @Test
  void rejectedCredentialsEndItAtOnce() {
    TargetsDeploy deploy = started(2, 1, false);
    streamEnded(deploy, 0, new CallFailure(CallFailure.Kind.REJECTED, "who are you"));

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(deploy.summary())
        .isEqualTo(
            new FleetSummary(DeployOrder.Operation.DEPLOY, new DeployId("d-1"), "new", 0, 1, 1, 2));
  }

  @Test
  void pendingAtTheTimeoutIsAFailureThatSaysSo() {
    TargetsDeploy deploy = started(1, 1, false);
    accepted(deploy, 0);
    streamEnded(deploy, 0, BROKEN);
    while (!deploy.finished()) {
      wake(deploy);
      if (!deploy.finished() && lastCall() instanceof Effect.AskOutcome) {
        answered(deploy, 0, Result.RESULT_PENDING);
      }
    }

    assertThat(ended().result()).isEqualTo(InstanceOutcome.Result.FAILED);
    assertThat(ended().reason()).contains("no outcome within 5m", "on probation");
  }

  @Test
  void lateSignalOfAnOldCallIsPassedOver() {
    TargetsDeploy deploy = started(1, 1, false);
    Effect.OpenStream first = lastOpened(0);
    accepted(deploy, 0);
    streamEnded(deploy, 0, BROKEN);

    perform(
        deploy.on(
            new CallReport.Said(target(0), first.call(), outcome(Result.RESULT_FAILED)), now));

    assertThat(deploy.finished()).isFalse();
  }

  @Test
  void interruptTellsWhatIsLeftBehind() {
    TargetsDeploy deploy = started(4, 2, false);
    proven(deploy, 0);
    perform(deploy.interrupt());

    assertThat(told)
        .last()
        .isEqualTo(
            new FleetEvent.Interrupted(
                new DeployId("d-1"),
                List.of(target(0)),
                List.of(target(1), target(2)),
                List.of(target(3))));
    assertThat(deploy.finished()).isTrue();
  }

  private TargetsDeploy started(int instances, int maxUnavailable, boolean force) {
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
    TargetsDeploy deploy =
        new TargetsDeploy(
            order, IntStream.range(0, instances).mapToObj(TargetsDeployTest::target).toList());
    perform(deploy.start(now));
    return deploy;
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

  private void wake(TargetsDeploy deploy) {
    assertThat(++wakes).as("wakes, which must not go on for ever").isLessThan(10_000);
    OptionalLong at = deploy.wakeAt();
    now = Math.max(now, at.orElseThrow());
    perform(deploy.tick(now));
  }

  private void said(TargetsDeploy deploy, int i, DeployEvent event) {
    perform(deploy.on(new CallReport.Said(target(i), lastOpened(i).call(), event), now));
  }

  private void accepted(TargetsDeploy deploy, int i) {
    said(deploy, i, event().setAccepted(Accepted.newBuilder().setRunning("old")).build());
  }

  private void proven(TargetsDeploy deploy, int i) {
    said(deploy, i, outcome(Result.RESULT_PROVEN));
  }

  private void streamEnded(TargetsDeploy deploy, int i, CallFailure failure) {
    perform(deploy.on(new CallReport.StreamEnded(target(i), lastOpened(i).call(), failure), now));
  }

  private void answered(TargetsDeploy deploy, int i, Result result) {
    Effect.AskOutcome ask = (Effect.AskOutcome) lastCall();
    perform(
        deploy.on(
            new CallReport.Answered(
                target(i), ask.call(), Outcome.newBuilder().setResult(result).build()),
            now));
  }

  private void askFailed(TargetsDeploy deploy, int i, CallFailure failure) {
    Effect.AskOutcome ask = (Effect.AskOutcome) lastCall();
    perform(deploy.on(new CallReport.AskFailed(target(i), ask.call(), failure), now));
  }

  private void described(TargetsDeploy deploy, InstanceStatus status) {
    Effect.AskStatus ask = (Effect.AskStatus) lastCall();
    perform(deploy.on(new CallReport.Described(target(0), ask.call(), status), now));
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
