package dev.fastdeploy.agent.reload.process.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connections are in the middle of an answer, by when something was sent on them. */
class PoliteEndTest {

  @ParameterizedTest
  @CsvSource({
    "NONE, 5000, 3000, false",
    // An answer that was begun before the polite end: its connection stays open and is idle.
    "OF_ONE_BY_ONE, 5000, 4500, false",
    "OF_ONE_BY_ONE, 5000, 4000, false",
    // Whatever is answered since then ends its connection.
    "OF_ONE_BY_ONE, 5000, 3999, true",
    "OF_ONE_BY_ONE, 800, 100, false",
    // One that pauses for so long is not known to go on.
    "OF_ONE_BY_ONE, 9000, 4999, true",
    "OF_ONE_BY_ONE, 9000, 5000, false",
    "OF_SEVERAL_AT_ONCE, 9000, 5000, false",
    // A stream that waits beside one that was answered.
    "OF_SEVERAL_AT_ONCE, 4000, 3990, true",
    "OF_SEVERAL_AT_ONCE, 4000, 4000, false",
    "OF_SEVERAL_AT_ONCE, 4000, 4500, false"
  })
  void aConnectionIsInTheMiddleOfAnAnswer(
      PoliteEnd end, long sinceMillis, long sentMillis, boolean answering) {
    assertThat(end.isAnswering(sinceMillis, sentMillis)).isEqualTo(answering);
  }
}
