package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.DocumentedCommands;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code run} that the documents show is understood. */
class DocumentedRunTest {

  @TempDir Path release;

  static List<String> commands() throws IOException {
    return DocumentedCommands.all().stream().filter(command -> command.startsWith("run ")).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isUnderstood(String command) {
    List<String> words = DocumentedCommands.words(command);
    List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
    int releaseOption = arguments.indexOf("--release");
    assertThat(releaseOption).isBetween(0, arguments.indexOf("--"));
    // The parser wants a directory that exists.
    arguments.set(releaseOption + 1, release.toString());

    RunOptions options = RunOptions.parse(arguments, new Properties(), Map.of());

    assertThat(options.probation().tellsReadiness()).isTrue();
    assertThat(options.service().command()).isNotEmpty();
  }
}
