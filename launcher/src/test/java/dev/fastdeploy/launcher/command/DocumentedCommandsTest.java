package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fastdeploy.contract.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command that the documents show is understood. That they also do what is said there is the
 * end-to-end tests' matter: places such as a bucket's name exist in the documents only.
 */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..");
  private static final String COMMAND = "java -jar fastdeploy.jar ";

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    for (Path document : documents) {
      boolean shell = false;
      for (String line : Files.readString(document).replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
        if (line.startsWith("```")) {
          shell = line.equals("```sh");
        } else if (shell && line.startsWith(COMMAND)) {
          commands.add(line.substring(COMMAND.length()).replaceAll("\\s+#.*", ""));
        }
      }
    }
    return commands;
  }

  @Test
  void theDocumentsShowEachSubcommand() throws IOException {
    assertThat(commands().stream().map(command -> command.split(" ", 2)[0]))
        .contains("run", "publish", "deploy", "status", "rollback", "stage", "activate");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(String command) {
    List<String> words = Arrays.asList(command.split("\\s+", -1));
    if (words.get(0).equals("run")) {
      assertThat(words.subList(1, words.indexOf("--")))
          .filteredOn(word -> word.startsWith("--") && !word.equals("--no-agent"))
          .allMatch(
              word ->
                  Setting.of(word.substring(2))
                      .filter(setting -> setting.reader().launcherOption())
                      .isPresent());
      return;
    }
    CommandContext context =
        new CommandContext(
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            new Properties(),
            Map.of(),
            Clock.systemUTC(),
            false,
            80);
    assertThatCode(
            () -> FastdeployCommand.commandLine(context).parseArgs(words.toArray(String[]::new)))
        .doesNotThrowAnyException();
  }
}
