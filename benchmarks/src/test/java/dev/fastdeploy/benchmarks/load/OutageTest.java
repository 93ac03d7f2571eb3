package dev.fastdeploy.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deploy at 0 s whose requests are made up. */
class OutageTest {

  private static final long MILLI = 1_000_000;

  private final List<Shot> shots = new ArrayList<>();

  private void answered(long due, long end, String commit) {
    shots.add(new Shot(due * MILLI, end * MILLI, Reply.good(commit, 1)));
  }

  private void lost(long due, Loss loss) {
    shots.add(new Shot(due * MILLI, due * MILLI, Reply.bad(loss, "trouble")));
  }

  @Test
  void whatIsLostIsCountedByHowItEnded() {
    answered(-10, -9, "old");
    lost(10, Loss.RESET);
    lost(20, Loss.REFUSED);
    lost(30, Loss.REFUSED);
    answered(40, 41, "new");

    Outage outage = Outage.of(shots, 0, "new");

    assertThat(outage.sent()).isEqualTo(5);
    assertThat(outage.allLost()).isEqualTo(3);
    assertThat(outage.lost(Loss.REFUSED)).isEqualTo(2);
    assertThat(outage.lost(Loss.RESET)).isEqualTo(1);
    assertThat(outage.lost(Loss.TIMED_OUT)).isZero();
    assertThat(outage.queue()).isEqualTo(1);
  }

  @Test
  void theLongestWaitIsOneThatTheDeployCanHaveCaused() {
    answered(-900, -100, "new");
    answered(-20, 5, "old");
    answered(10, 12, "new");

    assertThat(Outage.of(shots, 0, "new").longestWaitNanos()).isEqualTo(25 * MILLI);
  }

  @Test
  void theQueueIsWhatWaitedAtTheFirstAnswerAndItsTimeLeavesOutTheLast() {
    for (int i = 0; i < 9; i++) {
      answered(i, 1_000 + i * 10, "new");
    }
    answered(9, 4_000, "new");
    answered(2_000, 2_001, "new");

    Outage outage = Outage.of(shots, 0, "new");

    assertThat(outage.queue()).isEqualTo(10);
    assertThat(outage.queueNanos()).isEqualTo((long) (80 * MILLI / 0.9));
    assertThat(outage.longestWaitNanos()).isEqualTo(3_991 * MILLI);
  }

  @Test
  void aDeployThatNeverAnsweredHasNoQueue() {
    lost(10, Loss.TIMED_OUT);

    assertThat(Outage.of(shots, 0, "new"))
        .isEqualTo(new Outage(1, Map.of(Loss.TIMED_OUT, 1), 0, 0, 0));
  }
}
