package dev.fastdeploy.launcher.supervisor.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import dev.fastdeploy.contract.Setting;
import dev.fastdeploy.contract.Settings;
import dev.fastdeploy.launcher.supervisor.configuration.EnvironmentVariable;
import dev.fastdeploy.launcher.supervisor.configuration.GivenEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceVariablesTest {

  private static final Release FIRST = release("c1");
  private static final Release NEXT = release("c2");

  @TempDir Path folder;

  @Test
  void anAssignmentWinsOverTheFileAndThatOverWhatWasInjected() throws IOException {
    Files.writeString(file(), "JAVA_TOOL_OPTIONS=file\nA=file\nB=file\n");
    ServiceVariables variables =
        variables(
            List.of("A=set"),
            Map.of(
                "FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS",
                "kept",
                "FASTDEPLOY_CHILD_JDK_JAVA_OPTIONS",
                "kept"));

    assertThat(variables.forService(FIRST))
        .containsOnly(
            entry("JAVA_TOOL_OPTIONS", "file"),
            entry("JDK_JAVA_OPTIONS", "kept"),
            entry("A", "set"),
            entry("B", "file"));
  }

  @Test
  void anAssignmentTellsTheReleaseThatIsStarted() {
    ServiceVariables variables =
        new ServiceVariables(
            GivenEnvironment.of(
                settings(Map.of()), List.of("V={commit}-{commit}", "D={release}/x"), Map.of()));

    assertThat(variables.forService(FIRST)).containsEntry("V", "c1-c1");
    assertThat(variables.forService(NEXT))
        .containsEntry("V", "c2-c2")
        .containsEntry("D", "/home/releases/c2/x");
  }

  @Test
  void theFileIsReadAtEachStart() throws IOException {
    ServiceVariables variables = variables(List.of(), Map.of());
    Files.writeString(file(), "A=1\nB=1");
    assertThat(variables.forService(FIRST)).containsOnly(entry("A", "1"), entry("B", "1"));

    Files.writeString(file(), "A=2");

    assertThat(variables.forService(FIRST)).containsOnly(entry("A", "2"));
  }

  @Test
  void aFileThatWentBadLaterDoesNotKeepTheServiceDown() throws IOException {
    ServiceVariables variables = variables(List.of(), Map.of());
    Files.writeString(file(), "A=1");
    variables.forService(FIRST);

    Files.writeString(file(), "A=2\nnonsense");
    assertThat(variables.forService(NEXT)).containsOnly(entry("A", "1"));
    Files.delete(file());
    assertThat(variables.forService(NEXT)).containsOnly(entry("A", "1"));
    Files.writeString(file(), "A=3");
    assertThat(variables.forService(NEXT)).containsOnly(entry("A", "3"));
  }

  @Test
  void aFileThatIsBadFromTheStartIsAnError() throws IOException {
    ServiceVariables variables = variables(List.of(), Map.of());
    Files.writeString(file(), "nonsense");

    assertThatThrownBy(() -> variables.forService(FIRST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> variables.forInitTask(FIRST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInitTaskMayWriteTheFile() throws IOException {
    ServiceVariables variables = variables(List.of("B=2"), Map.of());

    assertThat(variables.forInitTask(FIRST)).containsOnly(entry("B", "2"));
    Files.writeString(file(), "A=1");
    assertThat(variables.forInitTask(FIRST)).containsOnly(entry("A", "1"), entry("B", "2"));
  }

  @Test
  void oneAssignmentMayComeByTheEnvironment() {
    Settings settings =
        new Settings(Map.of(), new Properties(), Map.of("FASTDEPLOY_SET_ENV", "A=1"));

    assertThat(GivenEnvironment.of(settings, List.of(), Map.of()).set())
        .containsExactly(new EnvironmentVariable("A", "1"));
    assertThat(GivenEnvironment.of(settings, List.of("B=2"), Map.of()).set())
        .containsExactly(new EnvironmentVariable("B", "2"));
  }

  private Path file() {
    return folder.resolve("env");
  }

  private ServiceVariables variables(List<String> assignments, Map<String, String> launcher) {
    return new ServiceVariables(
        GivenEnvironment.of(
            settings(Map.of(Setting.ENV_FILE, file().toString())), assignments, launcher));
  }

  private static Settings settings(Map<Setting, String> explicit) {
    return new Settings(explicit, new Properties(), Map.of());
  }

  private static Release release(String commit) {
    return new Release(new Commit(commit), Path.of("/home/releases/" + commit));
  }
}
