package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.control.v1.InstanceState;
import dev.fastdeploy.launcher.fleet.plan.Step;
import dev.fastdeploy.launcher.supervisor.health.HealthState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The glossary sets the states of an instance side by side, and leaves none out. */
class GlossaryTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "glossary.md");
  private static final Pattern WORD = Pattern.compile("(?<!\\*)`([a-z_-]+)`");

  @Test
  void listsTheStatesOfStatus() throws IOException {
    assertThat(words(2))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(InstanceState.values())
                .filter(state -> state != InstanceState.UNRECOGNIZED)
                .filter(state -> state != InstanceState.INSTANCE_STATE_UNSPECIFIED)
                .map(state -> state.name().replace("INSTANCE_STATE_", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
  }

  @Test
  void listsTheStatesThatTheLauncherTells() throws IOException {
    assertThat(words(3))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(HealthState.values())
                .map(HealthState::label)
                .collect(Collectors.toSet()));
  }

  @Test
  void listsTheStepsOfADeployOfAFleet() throws IOException {
    assertThat(words(4))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Step.values())
                .map(step -> step.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toSet()));
  }

  /** The code words in a column of the table; what is in bold is no state. */
  private static Set<String> words(int column) throws IOException {
    Set<String> words = new TreeSet<>();
    for (String row : rows()) {
      Matcher word = WORD.matcher(row.split("\\|", -1)[column]);
      while (word.find()) {
        words.add(word.group(1));
      }
    }
    return words;
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.equals("## States of an instance"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .toList();
  }
}
