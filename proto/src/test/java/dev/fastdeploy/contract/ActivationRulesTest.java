package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ActivationRulesTest {

  private static final Commit ONE = new Commit("one");
  private static final Commit TWO = new Commit("two");

  @Test
  void oneActivationAtATime() {
    HomeState pending =
        HomeState.EMPTY.withPending(
            new PendingActivation(new DeployId("d0"), 4, ONE, TWO, "process", false, Map.of()));

    assertRefused(
        () -> ActivationRules.requireNothingPending(pending), Refusal.ON_PROBATION, "two", "d0");
    assertThatCode(() -> ActivationRules.requireNothingPending(HomeState.EMPTY))
        .doesNotThrowAnyException();
  }

  @Test
  void aReleaseThatFailedByAnyStrategyIsRefused() {
    HomeState failed =
        HomeState.EMPTY
            .withPending(
                new PendingActivation(new DeployId("d0"), 4, ONE, TWO, "process", false, Map.of()))
            .withPendingRolledBack("it exited", 1, List.of());

    assertRefused(
        () -> ActivationRules.requireNotRefused(TWO, failed),
        Refusal.REFUSED_COMMIT,
        "two",
        "it exited",
        "--force");
    assertThatCode(() -> ActivationRules.requireNotRefused(ONE, failed)).doesNotThrowAnyException();
  }

  @Test
  void theRunningReleaseIsNotActivated() {
    assertRefused(
        () -> ActivationRules.requireNotRunning(ONE, ONE), Refusal.ALREADY_RUNNING, "one");
    assertThatCode(() -> ActivationRules.requireNotRunning(ONE, TWO)).doesNotThrowAnyException();
    assertThatCode(() -> ActivationRules.requireNotRunning(ONE, null)).doesNotThrowAnyException();
  }

  @Test
  void aReleaseMustBeInTheHome() {
    assertRefused(
        () -> ActivationRules.requireStaged(TWO, List.of(ONE)), Refusal.NOT_STAGED, "two", "one");
    assertRefused(
        () -> ActivationRules.requireStaged(TWO, List.of()), Refusal.NOT_STAGED, "no release");
    assertThatCode(() -> ActivationRules.requireStaged(ONE, List.of(ONE)))
        .doesNotThrowAnyException();
  }

  @Test
  void aReleaseMustHaveComeInTheArchiveThatIsNamed() {
    String known = "1".repeat(64);
    HomeState state = HomeState.EMPTY.withDigest(ONE, known, commit -> true);

    assertRefused(
        () -> ActivationRules.requireContent(ONE, "2".repeat(64), state),
        Refusal.OTHER_CONTENT,
        known,
        "another commit");
    for (String named : List.of("", known)) {
      assertThatCode(() -> ActivationRules.requireContent(ONE, named, state))
          .doesNotThrowAnyException();
    }
    assertThatCode(() -> ActivationRules.requireContent(TWO, known, state))
        .doesNotThrowAnyException();
  }

  @Test
  void sequencesRise() {
    HomeState state = HomeState.EMPTY.withSequence(5);

    assertRefused(
        () -> ActivationRules.requireAboveTheLast(5, state, 1000),
        Refusal.OLDER_SEQUENCE,
        "no outcome");
    assertRefused(
        () -> ActivationRules.requireAboveTheLast(4, state, 1000), Refusal.OLDER_SEQUENCE, "5");
    assertThatCode(() -> ActivationRules.requireAboveTheLast(6, state, 1000))
        .doesNotThrowAnyException();
    assertRefused(
        () -> ActivationRules.requireNotAhead(HomeState.latestSequence(1000) + 1, 1000),
        Refusal.SEQUENCE_AHEAD,
        "set the clock");
    assertThatCode(() -> ActivationRules.requireNotAhead(HomeState.latestSequence(1000), 1000))
        .doesNotThrowAnyException();
  }

  @Test
  void sequencesRiseWithinAnEpoch() {
    HomeState state =
        HomeState.EMPTY.withFence(new Fence("shop", new EnvironmentName("prod"), 57, 4));

    assertRefused(
        () -> ActivationRules.requireAboveThoseOfItsEpoch(4, state),
        Refusal.OLDER_SEQUENCE,
        "not above 4",
        "57");
    assertThatCode(() -> ActivationRules.requireAboveThoseOfItsEpoch(5, state))
        .doesNotThrowAnyException();
    assertThatCode(() -> ActivationRules.requireAboveThoseOfItsEpoch(1, HomeState.EMPTY))
        .doesNotThrowAnyException();
  }

  @Test
  void aRollbackReturnsToWhatWasProvenBefore() throws RefusedException {
    HomeState state = HomeState.EMPTY.withProvenAgain(ONE).withProvenAgain(TWO);

    assertThat(ActivationRules.requireRollbackTarget(state, TWO, commit -> true)).isEqualTo(ONE);
    assertRefused(
        () -> ActivationRules.requireRollbackTarget(state, TWO, commit -> false),
        Refusal.NOTHING_TO_ROLL_BACK_TO,
        "'two'");
    assertRefused(
        () -> ActivationRules.requireRollbackTarget(state, null, commit -> true),
        Refusal.NOTHING_TO_ROLL_BACK_TO,
        "no release in the home was proven before");
  }

  @Test
  void aNewReleaseMustBeJudged() {
    assertRefused(
        () -> ActivationRules.requireReadiness(false), Refusal.NO_READINESS, "--ready-after");
    assertThatCode(() -> ActivationRules.requireReadiness(true)).doesNotThrowAnyException();
  }

  private static void assertRefused(ThrowingCallable rule, Refusal refusal, String... words) {
    assertThatThrownBy(rule)
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(refusal);
              assertThat(refused.reason()).contains(words).doesNotContain("\n");
            });
  }
}
