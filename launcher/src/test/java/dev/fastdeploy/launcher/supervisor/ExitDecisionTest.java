package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitDecisionTest {

  /** The whole table: hello × announced × stop × agreed code. */
  @ParameterizedTest
  @CsvSource({
    // hello, announced, stop, agreed code, decision
    "false, false, false, false, END",
    "false, false, false, true,  RELOAD",
    "false, false, true,  false, END",
    "false, false, true,  true,  END",
    "false, true,  false, false, END",
    "false, true,  false, true,  RELOAD",
    "false, true,  true,  false, END",
    "false, true,  true,  true,  END",
    "true,  false, false, false, END",
    "true,  false, false, true,  END",
    "true,  false, true,  false, END",
    "true,  false, true,  true,  END",
    "true,  true,  false, false, RELOAD",
    "true,  true,  false, true,  RELOAD",
    "true,  true,  true,  false, END",
    "true,  true,  true,  true,  END"
  })
  void table(
      boolean hello, boolean announced, boolean stop, boolean agreed, ExitDecision decision) {
    assertThat(ExitDecision.of(hello, announced, stop, agreed)).isEqualTo(decision);
  }
}
