package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the table of docs/configuration.md to the code. */
class ConfigurationDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

  @Test
  void theTableIsWhatTheCodeReads() throws IOException {
    List<String> table =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.startsWith("| key |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(table)
        .containsExactlyElementsOf(
            Arrays.stream(Setting.values()).map(ConfigurationDocumentTest::row).toList());
  }

  private static String row(Setting setting) {
    return "| `"
        + setting.key()
        + "` | "
        + setting.defaultValue().map(value -> "`" + value + "`").orElse("")
        + " | "
        + readers(setting.reader())
        + " | "
        + setting.purpose()
        + " |";
  }

  private static String readers(Setting.Reader reader) {
    return switch (reader) {
      case LAUNCHER -> "launcher";
      case AGENT -> "agent";
      case COMMAND -> "command";
      case BOTH -> "launcher, agent";
      case AGENT_AND_COMMAND -> "agent, command";
      case ALL -> "all";
    };
  }
}
