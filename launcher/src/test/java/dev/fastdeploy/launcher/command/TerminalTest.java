package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  @ParameterizedTest
  @CsvSource({"40, 40", "1000, 1000", "0, 80", "-1, 80", "wide, 80", "'', 80", "99999999999, 80"})
  void theEnvironmentTellsTheColumns(String columns, int expected) {
    assertThat(Terminal.columns(Map.of("COLUMNS", columns), false)).isEqualTo(expected);
  }
}
