package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fastdeploy.launcher.DocumentedCommands;
import dev.fastdeploy.launcher.report.CleanWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that the documents show is understood. That they also do what is said there is the
 * end-to-end tests' matter: places such as a bucket's name exist in the documents only.
 */
class DocumentedCommandsTest {

  /** Those of this parser: {@code run} has its own. */
  static List<String> commands() throws IOException {
    return DocumentedCommands.all().stream()
        .filter(command -> !command.startsWith("run "))
        .toList();
  }

  @Test
  void theDocumentsShowEachSubcommand() throws IOException {
    assertThat(DocumentedCommands.all().stream().map(command -> command.split(" ", 2)[0]))
        .contains("run", "publish", "deploy", "status", "rollback", "stage", "activate");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(String command) {
    CommandContext context =
        new CommandContext(
            new CleanWriter(new StringWriter()),
            new CleanWriter(new StringWriter()),
            new Properties(),
            Map.of(),
            Clock.systemUTC(),
            false,
            80,
            Path.of("fastdeploy.jar"));
    assertThatCode(
            () ->
                RootCommand.commandLine(context)
                    .parseArgs(DocumentedCommands.words(command).toArray(String[]::new)))
        .doesNotThrowAnyException();
  }
}
