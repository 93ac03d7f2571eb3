package dev.fastdeploy.launcher.fleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {

  private final Journal journal = new Journal(Duration.ofSeconds(45));

  @BeforeEach
  void begin() {
    journal.begin(0);
  }

  @Test
  void whatMattersIsThereAfterTwoSeconds() {
    journal.fed(entry(100), true);

    assertThat(journal.due(100)).isEqualTo(2_000);
    assertThat(journal.next(2_000)).isEqualTo(new Action.Append(1, List.of(entry(100))));
  }

  @Test
  void anEmptySegmentIsASignOfLifeAfterTen() {
    journal.next(2_000);
    journal.appended(1);
    journal.pace();

    assertThat(journal.due(2_100)).isEqualTo(12_000);
    assertThat(journal.next(12_000)).isEqualTo(new Action.Append(2, List.of()));
  }

  @Test
  void aSegmentThatFailedIsSentAgainUnchanged() {
    journal.fed(entry(100), true);
    Action.Append first = journal.next(2_000);
    journal.fed(entry(2_500), true);
    journal.failed(1, 2_600);

    assertThat(journal.due(2_600)).isEqualTo(3_600);
    assertThat(journal.next(3_600)).isEqualTo(first);
    journal.appended(1);
    journal.pace();
    assertThat(journal.next(4_000).entries()).containsExactly(entry(2_500));
  }

  @Test
  void itIsOursForHalfALeaseAfterTheLastSegmentWasSent() {
    assertThat(journal.isFresh(22_499)).isTrue();
    assertThat(journal.isFresh(22_500)).isFalse();

    journal.next(10_000);
    assertThat(journal.isFresh(22_500)).as("sent is not there").isFalse();
    journal.appended(1);
    assertThat(journal.isFresh(32_499)).isTrue();
    assertThat(journal.isFresh(32_500)).isFalse();
  }

  @Test
  void whatIsOnItsWayIsNotHurried() {
    journal.fed(entry(1), false);
    journal.next(1);
    journal.hurry(journal.mark());
    journal.appended(1);

    assertThat(journal.holds(journal.mark())).isTrue();
    assertThat(journal.due(2)).as("nothing more is to be sent").isGreaterThan(2_000);
  }

  @Test
  void whatIsNotOnItsWayFollowsAtOnce() {
    journal.fed(entry(1), false);
    journal.next(1);
    journal.fed(entry(2), false);
    journal.hurry(journal.mark());
    journal.failed(1, 500);
    journal.next(1_500);
    journal.appended(1);

    assertThat(journal.due(1_600)).isEqualTo(1_600);
    assertThat(journal.next(1_600).entries()).containsExactly(entry(2));
    assertThat(journal.holds(journal.mark())).isFalse();
    journal.appended(2);
    assertThat(journal.holds(journal.mark())).isTrue();
  }

  @Test
  void aMarkIsHeldWhenAllBeforeItIsThere() {
    journal.fed(entry(1), false);
    long mark = journal.mark();
    journal.hurry(mark);

    assertThat(journal.due(1)).isEqualTo(1);
    assertThat(journal.holds(mark)).isFalse();
    journal.next(1);
    journal.appended(1);
    assertThat(journal.holds(mark)).isTrue();
  }

  @Test
  void anAnswerForAnotherSegmentIsNone() {
    journal.next(1);
    journal.appended(7);

    assertThat(journal.due(1)).as("still under way").isEqualTo(10_001);
  }

  private static Action.Entry entry(long at) {
    return new Action.Entry(at, new Input.Passed());
  }
}
