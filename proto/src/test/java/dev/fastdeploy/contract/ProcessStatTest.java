package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from lines as the kernel writes them. */
class ProcessStatTest {

  private static final String LINE =
      "26747 (%s) %s 26744 26745 32308 0 -1 4227084 2950 6490 1 0 6 1 5 3 20 0 %d 0 603304 0 0 1";

  @Test
  void theNameMayHoldWhatStandsAroundIt() {
    assertThat(ProcessStat.parse(26747, LINE.formatted("a) R 1 (b", "S", 7)))
        .contains(new ProcessStat(26747, "a) R 1 (b", 'S', 26744, 26745, 32308, 7, 603304));
  }

  /** A process whose first thread has ended is shown as a zombie as long as others run. */
  @ParameterizedTest
  @CsvSource({"R,1,false", "S,9,false", "Z,1,true", "Z,2,false", "X,0,true"})
  void hasEndedWhenAllItsThreadsHave(String state, int threads, boolean ended) {
    assertThat(ProcessStat.parse(26747, LINE.formatted("p", state, threads)))
        .hasValueSatisfying(stat -> assertThat(stat.ended()).isEqualTo(ended));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 (p) S", "1 p S 1", "1 (p) S 1 1 1 0 -1 x x x x x x x x x x x x x"})
  void ofAnythingElseNothingIsRead(String line) {
    assertThat(ProcessStat.parse(1, line)).isEmpty();
  }
}
