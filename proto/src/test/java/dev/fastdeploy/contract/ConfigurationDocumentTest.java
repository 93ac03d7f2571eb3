package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Setting.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
        + readers(setting)
        + " | "
        + setting.purpose()
        + (setting.purposeForCommand().equals(setting.purpose())
            ? ""
            : "; for the command: " + setting.purposeForCommand())
        + " |";
  }

  /** A user tells the follower nothing: it is a part of the launcher. */
  private static String readers(Setting setting) {
    List<String> readers =
        Stream.of(Reader.LAUNCHER, Reader.AGENT, Reader.COMMAND)
            .filter(setting::isReadBy)
            .map(reader -> reader.name().toLowerCase(Locale.ROOT))
            .toList();
    return readers.size() == 3 ? "all" : String.join(", ", readers);
  }
}
