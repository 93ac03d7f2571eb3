package dev.fastdeploy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A load of 100 requests a second whose fate is made up: the order to reload is given at 0 s. */
class DisturbanceTest {

  private static final long MILLI = 1_000_000;
  private static final long PERIOD = 10 * MILLI;
  private static final long LATENCY = 3 * MILLI;

  private final List<Shot> shots = new ArrayList<>();

  @Test
  void anUndisturbedLoadLosesNothingAndIsBackAtOnce() {
    answered(-2_000, 0, "old", LATENCY);
    answered(0, 3_000, "new", LATENCY);

    Disturbance seen = Disturbance.of(shots, 0, "new");

    assertThat(seen.sent()).isEqualTo(300);
    assertThat(seen.failed()).isZero();
    assertThat(seen.gapNanos()).isEqualTo(PERIOD);
    assertThat(seen.p99BeforeNanos()).isEqualTo(LATENCY);
    assertThat(seen.firstAnswerNanos()).hasValue(LATENCY);
    assertThat(seen.backNanos()).hasValue(0);
  }

  @Test
  void failuresTheGapAndTheFirstAnswerAreThoseOfAnOutage() {
    answered(-2_000, 0, "old", LATENCY);
    answered(0, 100, "old", LATENCY);
    failed(100, 600);
    answered(600, 3_000, "new", LATENCY);

    Disturbance seen = Disturbance.of(shots, 0, "new");

    assertThat(seen.failed()).isEqualTo(50);
    assertThat(seen.gapNanos()).isEqualTo(510 * MILLI);
    assertThat(seen.firstAnswerNanos()).hasValue(600 * MILLI + LATENCY);
    assertThat(seen.backNanos()).hasValue(600 * MILLI);
  }

  @Test
  void theLatencyIsBackOnceAWholeSecondIsWithinTheLimit() {
    answered(-2_000, 0, "old", LATENCY);
    answered(0, 1_500, "new", 40 * MILLI);
    answered(1_500, 4_000, "new", LATENCY);

    Disturbance seen = Disturbance.of(shots, 0, "new");

    assertThat(seen.limitNanos()).isEqualTo((long) (Disturbance.FACTOR * LATENCY));
    // One of the hundred in a second may still be slow.
    assertThat(seen.backNanos()).hasValue(1_490 * MILLI);
  }

  @Test
  void aLatencyThatStaysHighIsNotBack() {
    answered(-2_000, 0, "old", LATENCY);
    answered(0, 3_000, "new", 40 * MILLI);

    assertThat(Disturbance.of(shots, 0, "new").backNanos()).isEmpty();
  }

  @Test
  void answersOfTheOldCommitAreNotBack() {
    answered(-2_000, 3_000, "old", LATENCY);

    Disturbance seen = Disturbance.of(shots, 0, "new");

    assertThat(seen.firstAnswerNanos()).isEmpty();
    assertThat(seen.backNanos()).isEmpty();
    assertThat(seen.failed()).isZero();
  }

  @Test
  void aSecondThatIsNotOverYetDoesNotCount() {
    answered(-2_000, 0, "old", LATENCY);
    answered(0, 900, "new", LATENCY);

    assertThat(Disturbance.of(shots, 0, "new").backNanos()).isEmpty();
  }

  @Test
  void aVeryQuickServiceMayBecomeSlowerUpToTheFloor() {
    answered(-2_000, 0, "old", MILLI / 2);
    answered(0, 2_000, "new", 4 * MILLI);

    assertThat(Disturbance.of(shots, 0, "new").backNanos()).hasValue(0);
  }

  @Test
  void theOrderInWhichAnswersCameDoesNotMatter() {
    answered(0, 3_000, "new", LATENCY);
    answered(-2_000, 0, "old", LATENCY);

    assertThat(Disturbance.of(shots, 0, "new").backNanos()).hasValue(0);
  }

  @Test
  void aLoadThatBeganAfterTheOrderIsRefused() {
    answered(0, 1_000, "new", LATENCY);

    assertThatThrownBy(() -> Disturbance.of(shots, 0, "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNinetyNinthPercentileIsExceededByOneOfAHundred() {
    answered(0, 1_000, "new", LATENCY);
    shots.set(17, shot(170 * MILLI, 500 * MILLI, Reply.good("new", 1)));
    assertThat(Disturbance.p99(shots)).isEqualTo(LATENCY);

    shots.set(18, shot(180 * MILLI, 600 * MILLI, Reply.good("new", 1)));
    assertThat(Disturbance.p99(shots)).isEqualTo(500 * MILLI);
  }

  private void answered(int fromMillis, int toMillis, String commit, long latency) {
    for (long due = fromMillis * MILLI; due < toMillis * MILLI; due += PERIOD) {
      shots.add(shot(due, latency, Reply.good(commit, 1)));
    }
  }

  private void failed(int fromMillis, int toMillis) {
    for (long due = fromMillis * MILLI; due < toMillis * MILLI; due += PERIOD) {
      shots.add(shot(due, MILLI, Reply.bad(Loss.REFUSED, "refused")));
    }
  }

  private static Shot shot(long due, long latency, Reply reply) {
    return new Shot(due, due + latency, reply);
  }
}
