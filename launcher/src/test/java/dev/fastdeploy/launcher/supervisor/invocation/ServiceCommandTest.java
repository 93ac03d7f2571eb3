package dev.fastdeploy.launcher.supervisor.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.launcher.supervisor.configuration.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCommandTest {

  private static final Path JAR = Path.of("/opt/fastdeploy.jar");
  private static final Release RELEASE = new Release(new Commit("c"), Path.of("/home/releases/c"));

  @TempDir Path image;

  @Test
  void aJavaCommandGetsTheAgentBehindItsName() {
    ServiceCommand command =
        new ServiceCommand(List.of("/usr/bin/java", "-cp", "{release}/app.jar", "M"), true, JAR);

    assertThat(command.hasAgent()).isTrue();
    assertThat(command.line(RELEASE))
        .containsExactly(
            "/usr/bin/java",
            "-javaagent:/opt/fastdeploy.jar",
            "-cp",
            "/home/releases/c/app.jar",
            "M");
  }

  @Test
  void otherCommandsAreLeftAlone() {
    assertThat(new ServiceCommand(List.of("node", "x.js"), true, JAR).line(RELEASE))
        .containsExactly("node", "x.js");
    assertThat(new ServiceCommand(List.of("java", "X"), false, JAR).line(RELEASE))
        .containsExactly("java", "X");
  }

  @Test
  void aStartScriptGetsTheAgentByItsEnvironment() {
    ServiceCommand command = byEnvironment(JAR, "bin/catalina.sh", "run");
    Map<String, String> variables = new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", "-Dx='y z'"));

    command.addAgent(variables);

    assertThat(command.hasAgent()).isTrue();
    assertThat(command.line(RELEASE)).containsExactly("bin/catalina.sh", "run");
    assertThat(variables)
        .containsOnly(entry("JAVA_TOOL_OPTIONS", "-javaagent:/opt/fastdeploy.jar -Dx='y z'"));
  }

  @Test
  void anAgentByTheEnvironmentIsNoArgumentToo() {
    assertThat(byEnvironment(JAR, "java", "X").line(RELEASE)).containsExactly("java", "X");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/an opt/f.jar, \"-javaagent:/an opt/f.jar\"",
        "/o'opt/f.jar, \"-javaagent:/o'opt/f.jar\"",
        "/an \"opt\"/f.jar, '-javaagent:/an \"opt\"/f.jar'"
      })
  void aPathThatNeedsQuotesGetsThem(String path, String option) {
    Map<String, String> variables = new HashMap<>();

    byEnvironment(Path.of(path), "run.sh").addAgent(variables);

    assertThat(variables).containsOnly(entry("JAVA_TOOL_OPTIONS", option));
  }

  @Test
  void aPathThatCannotBeQuotedIsRefused() {
    assertThatThrownBy(() -> byEnvironment(Path.of("/a'b\"c/f.jar"), "run.sh"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a'b\"c/f.jar")
        .hasMessageContaining("move it");
  }

  @Test
  void anAgentThatIsAnArgumentIsNotInTheEnvironmentToo() {
    Map<String, String> variables = new HashMap<>();

    new ServiceCommand(List.of("java", "X"), true, JAR).addAgent(variables);

    assertThat(variables).isEmpty();
  }

  private ServiceCommand byEnvironment(Path jar, String... command) {
    List<String> words = new ArrayList<>(List.of("--home", "h", "--commit", "c"));
    words.addAll(List.of("--release", image.toString(), "--agent-via", "env", "--"));
    words.addAll(List.of(command));
    return ServiceCommand.of(RunOptions.parse(words, new Properties(), Map.of()), jar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/app.jar", "-Dx=%s", "lib:%s/a.jar", "@%s/args", "sh -c %s/run.sh"})
  void aPathIntoTheImageReleaseIsRefused(String form) {
    String word = String.format(form, image);
    ServiceCommand command = new ServiceCommand(List.of("java", word), true, JAR);

    assertThatThrownBy(() -> command.requireNoPathInto(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + word + "'")
        .hasMessageContaining("{release}");
  }

  @Test
  void theRealPathCountsToo() throws IOException {
    Path link = Files.createSymbolicLink(image.resolveSibling(image.getFileName() + "-l"), image);
    try {
      ServiceCommand command =
          new ServiceCommand(List.of("java", image.toRealPath() + "/a.jar"), true, JAR);
      assertThatThrownBy(() -> command.requireNoPathInto(link))
          .isInstanceOf(IllegalArgumentException.class);
    } finally {
      Files.delete(link);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s2/app.jar", "/other%s/x", "app.jar"})
  void aPathBesideItIsNot(String form) {
    ServiceCommand command =
        new ServiceCommand(List.of("java", String.format(form, image)), true, JAR);

    assertThatCode(() -> command.requireNoPathInto(image)).doesNotThrowAnyException();
  }
}
