package dev.fastdeploy.benchmarks.simulation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {

  @ParameterizedTest
  @CsvSource({"100, 40, 400", "100, 20, 4000", "1, 345, 4000", "1, 1, 10", "7, 3, 1000"})
  void aFullBucketGivesItsBurstAndThenItsRate(int burst, int perSecond, int tokens) {
    Limiter limiter = new RateLimit.Bucket(burst, perSecond).limiter();

    for (int taken = 1; taken <= tokens; taken++) {
      long expected = (Math.max(0, taken - burst) * 1000L + perSecond - 1) / perSecond;
      assertThat(limiter.take(0, 1)).as("token %d", taken).isEqualTo(expected);
    }
  }

  @Test
  void aBucketFillsUpAgainAndNoFurther() {
    Limiter limiter = new RateLimit.Bucket(10, 10).limiter();
    assertThat(limiter.take(0, 10)).isZero();

    assertThat(limiter.take(60_000, 10)).isEqualTo(60_000);
    assertThat(limiter.take(60_000, 1)).isEqualTo(60_100);
  }

  @Test
  void tokensTakenTogetherCostAsMuchAsOneByOne() {
    Limiter together = new RateLimit.Bucket(100, 20).limiter();
    Limiter oneByOne = new RateLimit.Bucket(100, 20).limiter();

    for (int i = 0; i < 50; i++) {
      long last = 0;
      for (int j = 0; j < 10; j++) {
        last = oneByOne.take(0, 1);
      }
      assertThat(together.take(0, 10)).isEqualTo(last);
    }
  }

  @Test
  void moreAtOnceThanTheBucketHoldsIsWaitedFor() {
    assertThat(new RateLimit.Bucket(1, 10).limiter().take(0, 11)).isEqualTo(1000);
  }

  @Test
  void eachMinuteOfTheClockAllowsSoMany() {
    Limiter limiter = new RateLimit.PerMinute(500).limiter();

    for (int taken = 0; taken < 4000; taken += 10) {
      assertThat(limiter.take(0, 10)).isEqualTo(taken / 500 * 60_000L);
    }
  }

  @Test
  void aMinuteThatHasPassedDoesNotCount() {
    Limiter limiter = new RateLimit.PerMinute(5).limiter();
    assertThat(limiter.take(59_000, 5)).isEqualTo(59_000);

    assertThat(limiter.take(60_001, 5)).isEqualTo(60_001);
    assertThat(limiter.take(60_002, 1)).isEqualTo(120_000);
  }

  @Test
  void noLimitGivesAtOnce() {
    Limiter limiter = RateLimit.NONE.limiter();

    assertThat(limiter.take(7, 1_000_000)).isEqualTo(7);
  }

  @Test
  void whatWouldGiveNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit.Bucket(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit.Bucket(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit.PerMinute(0));
  }
}
