package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeStateTest {

  private static final Commit A = new Commit("a");
  private static final Commit B = new Commit("b");
  private static final Commit C = new Commit("c");

  private static final long NOON = 1_764_158_400_000L;

  private final HomeState fresh = HomeState.EMPTY.withNewImage(A);

  @Test
  void aProvenReleaseIsTheOneToGoBackTo() {
    HomeState state = fresh.withPending(to(B, "d1", 1)).withPendingProven(42);

    assertThat(state.lastProven()).contains(B);
    assertThat(state.proven()).containsExactly(B, A);
    assertThat(state.pending()).isNull();
    DeployOutcome outcome = state.outcome(new DeployId("d1")).orElseThrow();
    assertThat(outcome.result()).isEqualTo(DeployResult.PROVEN);
    assertThat(outcome.phases()).containsEntry(Phase.PROVEN, 42L);
  }

  @Test
  void theFenceOutlivesWhateverBecomesOfADeployAndANewImage() {
    Fence fence = new Fence("shop", new EnvironmentName("prod"), 7, 3);
    HomeState state = fresh.withFence(fence);
    DeployOutcome failed =
        new DeployOutcome(
            new DeployId("d0"), 1, B, A, DeployResult.FAILED, "", null, List.of(), Map.of());

    List<HomeState> later =
        List.of(
            state.withNewImage(B),
            state.withSequence(5),
            state.withoutSequence(),
            state.withDigest(B, "0".repeat(64), commit -> true),
            state.withOutcome(failed),
            state.withPending(to(B, "d1", 1)),
            state.withPending(to(B, "d1", 1)).reached(Phase.DRAINING, 5),
            state.withPending(to(B, "d1", 1)).withPendingProven(1),
            state.withPending(to(B, "d1", 1)).withPendingRolledBack("exit 3", 3, List.of()),
            state.withPending(to(B, "d1", 1)).withPendingGivenUp("gone"));

    assertThat(later).allSatisfy(one -> assertThat(one.fence()).isEqualTo(fence));
    assertThat(state.withFence(null)).isEqualTo(fresh);
  }

  @Test
  void aFenceIsOfOneApplicationInOneEnvironment() {
    Fence fence = new Fence("shop", new EnvironmentName("prod"), 7, 3);

    assertThat(fence.isOf("shop", new EnvironmentName("prod"))).isTrue();
    assertThat(fence.isOf("shop", new EnvironmentName("test"))).isFalse();
    assertThat(fence.isOf("", new EnvironmentName("prod"))).isFalse();
    assertThat(fence.took(9)).isEqualTo(new Fence("shop", new EnvironmentName("prod"), 7, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "-prod", "a/b", "pröd", "a b", "a\nb"})
  void whatIsNoEnvironmentIsNamed(String name) {
    assertThatThrownBy(() -> new EnvironmentName(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an environment")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aReleaseThatDoesNotComeUpIsRefusedAndTheProvenOneStays() {
    HomeState state =
        fresh.withPending(to(B, "d1", 1)).withPendingRolledBack("exit 3", 3, List.of("boom"));

    assertThat(state.lastProven()).contains(A);
    assertThat(state.refused()).containsEntry(B, "exit 3");
    DeployOutcome outcome = state.outcome(new DeployId("d1")).orElseThrow();
    assertThat(outcome.result()).isEqualTo(DeployResult.ROLLED_BACK);
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.lastLines()).containsExactly("boom");
  }

  @Test
  void aReleaseThatWasProvenOnceAndNowDoesNotComeUpIsNotGoneBackTo() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingProven(1)
            .withPending(to(A, "d2", 2))
            .withPendingRolledBack("exit 1", 1, List.of());

    assertThat(state.proven()).containsExactly(B);
  }

  @ParameterizedTest
  @ValueSource(strings = {"module", "redefine"})
  void aFailureInPlaceIsTheStrategysAlone(String strategy) {
    HomeState state =
        fresh
            .withPending(by(strategy, B, false))
            .withPendingRolledBack("it called exit(3)", null, List.of());

    assertThat(state.refusedToAll(B)).isEmpty();
    assertThat(state.refusedTo("process", B)).isEmpty();
    assertThat(state.refusedTo(strategy, B)).contains(strategy + ": it called exit(3)");
    assertThat(state.refused()).containsEntry(B, strategy + ": it called exit(3)");
    assertThat(state.proven()).containsExactly(A);
  }

  @Test
  void aRollbackThatFailsInPlaceLeavesProvenWhatWasProven() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingProven(1)
            .withPending(by("module", A, true))
            .withPendingRolledBack("port in use", null, List.of());

    assertThat(state.proven()).containsExactly(B, A);
    assertThat(state.refused()).isEmpty();
    assertThat(state.provenBefore(B, commit -> true)).contains(A);
    assertThat(state.outcome(new DeployId("m")).orElseThrow().result())
        .isEqualTo(DeployResult.ROLLED_BACK);
  }

  @Test
  void aFailureInPlaceDoesNotMakeUpForOneOfAProcess() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingRolledBack("exit 1", 1, List.of())
            .withPending(by("module", B, false))
            .withPendingRolledBack("port in use", null, List.of());

    assertThat(state.refusedToAll(B)).contains("exit 1");
    assertThat(state.refusedTo("module", B)).contains("exit 1");
  }

  private static PendingActivation by(String strategy, Commit commit, boolean rollback) {
    return new PendingActivation(new DeployId("m"), 9, null, commit, strategy, rollback, Map.of());
  }

  @Test
  void anOperatorsRollbackForgetsWhatCameAfter() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingProven(1)
            .withPending(to(C, "d2", 2))
            .withPendingProven(2)
            .withPending(
                new PendingActivation(new DeployId("d3"), 3, C, B, "process", true, Map.of()))
            .withPendingProven(3);

    assertThat(state.proven()).containsExactly(B, A);
  }

  @Test
  void aRollbackReturnsToWhatWasProvenBeforeTheRunningOne() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingProven(1)
            .withPending(to(C, "d2", 2))
            .withPendingProven(2);

    assertThat(state.provenBefore(C, commit -> true)).contains(B);
    assertThat(state.provenBefore(B, commit -> true)).contains(A);
    assertThat(state.provenBefore(A, commit -> true)).isEmpty();
    assertThat(state.provenBefore(new Commit("unproven"), commit -> true)).contains(C);
    assertThat(state.provenBefore(C, A::equals)).contains(A);
    assertThat(state.provenBefore(B, C::equals)).isEmpty();
  }

  @Test
  void aProvenCommitIsNoLongerRefused() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingRolledBack("exit 1", 1, List.of())
            .withPending(to(B, "d2", 2))
            .withPendingProven(1);

    assertThat(state.refused()).isEmpty();
  }

  @Test
  void givingUpWithoutAVerdictRefusesNothing() {
    HomeState state = fresh.withPending(to(B, "d1", 1)).withPendingGivenUp("started again");

    assertThat(state.refused()).isEmpty();
    assertThat(state.pending()).isNull();
    assertThat(state.outcome(new DeployId("d1")).orElseThrow().reason()).isEqualTo("started again");
  }

  @Test
  void aNewImageWinsAndKeepsTheOutcomes() {
    HomeState state =
        fresh
            .withPending(to(B, "d1", 1))
            .withPendingRolledBack("exit 1", 1, List.of())
            .withNewImage(C);

    assertThat(state.image()).isEqualTo(C);
    assertThat(state.proven()).containsExactly(C);
    assertThat(state.refused()).isEmpty();
    assertThat(state.outcome(new DeployId("d1"))).isPresent();
  }

  @Test
  void onlyADeployThatActivatedSomethingLeavesItsSequence() {
    DeployOutcome failed =
        new DeployOutcome(
            new DeployId("d2"),
            Long.MAX_VALUE,
            B,
            A,
            DeployResult.FAILED,
            "",
            null,
            List.of(),
            Map.of());
    HomeState state = fresh.withPending(to(B, "d1", 7)).withPendingProven(9).withOutcome(failed);

    assertThat(state.lastSequence()).isEqualTo(7);
    assertThat(state.lastSequence(NOON)).isEqualTo(7);
  }

  @Test
  void aSequenceFarAheadOfTheClockDoesNotCount() {
    long tolerated = NOON + HomeState.SEQUENCE_TOLERANCE.toMillis();
    HomeState state =
        fresh
            .withPending(to(B, "d1", NOON - 5))
            .withPendingProven(1)
            .withPending(to(C, "d2", tolerated + 1))
            .withPendingRolledBack("", 1, List.of());

    assertThat(state.lastSequence()).isEqualTo(tolerated + 1);
    assertThat(state.lastSequence(NOON)).isEqualTo(NOON - 5);
    assertThat(state.lastSequence(NOON + 1)).isEqualTo(tolerated + 1);
    assertThat(fresh.withSequence(Long.MAX_VALUE).lastSequence(NOON)).isZero();
    assertThat(state.withoutSequence().lastSequence(NOON + 1)).isZero();
  }

  @Test
  void anActivationReplacesASequenceThatDoesNotCount() {
    HomeState state = fresh.withSequence(Long.MAX_VALUE).withPending(to(B, "d1", NOON));

    assertThat(state.lastSequence()).isEqualTo(NOON);
  }

  @Test
  void digestsAreKeptOfWhatIsThereAndOfWhatIsRemembered() {
    String first = "1".repeat(64);
    String second = "2".repeat(64);
    HomeState state =
        fresh
            .withDigest(A, first, commit -> true)
            .withDigest(B, first, commit -> true)
            .withPending(to(B, "d1", 1))
            .withPendingProven(1)
            .withDigest(C, second, commit -> false);

    assertThat(state.digests()).containsOnly(Map.entry(B, first), Map.entry(C, second));
    assertThat(state.withNewImage(C).digests()).containsOnlyKeys(B);
    assertThatThrownBy(() -> fresh.withDigest(A, "x", commit -> true))
        .hasMessageContaining("'x' is not a SHA-256");
  }

  @Test
  void onlyTheLatestOutcomesAreKept() {
    HomeState state = fresh;
    for (int i = 0; i < 40; i++) {
      state = state.withPending(to(B, "d" + i, i)).withPendingProven(i);
    }

    assertThat(state.outcomes()).hasSize(HomeState.OUTCOMES_KEPT);
    assertThat(state.outcomes().get(0).id()).isEqualTo(new DeployId("d39"));
  }

  private static PendingActivation to(Commit commit, String id, long sequence) {
    return new PendingActivation(
        new DeployId(id), sequence, A, commit, "process", false, Map.of(Phase.ACCEPTED, 1L));
  }
}
