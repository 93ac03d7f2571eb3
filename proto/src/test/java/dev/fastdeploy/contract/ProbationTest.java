package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Probation.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbationTest {

  /** A monotonic clock may be near its overflow. */
  private static final long START = Long.MAX_VALUE - seconds(10);

  private final Probation probation = after(Duration.ZERO);

  @Test
  void aReleaseThatIsReadyAndStaysSoIsProven() {
    probation.ready(START + seconds(2));

    assertThat(probation.verdict(START + seconds(6))).isEqualTo(Verdict.SOAKING);
    assertThat(probation.nextLook()).isEqualTo(START + seconds(7));
    assertThat(probation.verdict(START + seconds(7))).isEqualTo(Verdict.PROVEN);
  }

  @Test
  void aReleaseThatIsNeverReadyIsTooLate() {
    assertThat(probation.verdict(START + seconds(59))).isEqualTo(Verdict.WAITING);
    assertThat(probation.nextLook()).isEqualTo(START + seconds(60));
    assertThat(probation.verdict(START + seconds(60))).isEqualTo(Verdict.TOO_LATE);
    assertThat(probation.tooLateBecause())
        .isEqualTo("it was not ready after 60000 ms: it has not said that it is ready");
  }

  @Test
  void theSoakBeginsAnewAfterAnInterruption() {
    probation.ready(START + seconds(1));
    probation.unready("503");
    assertThat(probation.verdict(START + seconds(6))).isEqualTo(Verdict.WAITING);

    probation.ready(START + seconds(8));

    assertThat(probation.verdict(START + seconds(12))).isEqualTo(Verdict.SOAKING);
    assertThat(probation.verdict(START + seconds(13))).isEqualTo(Verdict.PROVEN);
  }

  @Test
  void aReleaseThatIsNoLongerReadyAtTheDeadlineIsTooLate() {
    probation.ready(START + seconds(58));
    probation.unready("503");

    assertThat(probation.verdict(START + seconds(61))).isEqualTo(Verdict.TOO_LATE);
    assertThat(probation.tooLateBecause()).isEqualTo("it was not ready after 60000 ms: 503");
  }

  @Test
  void aSoakThatBeganInTimeMayEndAfterTheDeadline() {
    probation.ready(START + seconds(58));

    assertThat(probation.verdict(START + seconds(62))).isEqualTo(Verdict.SOAKING);
    assertThat(probation.verdict(START + seconds(63))).isEqualTo(Verdict.PROVEN);
  }

  @Test
  void readyAfterADurationCountsFromTheStart() {
    Probation later = after(Duration.ofSeconds(10));
    later.ready(START + seconds(1));

    assertThat(later.verdict(START + seconds(2))).isEqualTo(Verdict.WAITING);
    assertThat(later.nextLook()).isEqualTo(START + seconds(10));
    assertThat(later.verdict(START + seconds(10))).isEqualTo(Verdict.SOAKING);
    assertThat(later.verdict(START + seconds(15))).isEqualTo(Verdict.PROVEN);
  }

  private static Probation after(Duration readyAfter) {
    return new Probation(START, Duration.ofSeconds(60), readyAfter, Duration.ofSeconds(5));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
