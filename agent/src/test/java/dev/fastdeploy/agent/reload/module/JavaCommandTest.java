package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {

  private @TempDir Path directory;

  @Test
  void endsWithTheMainClass() throws Exception {
    JavaCommand command = of("-cp", "lib/*", "-Xmx1g", "Main", "-cp", "mine", "@mine");
    assertThat(command.options()).containsExactly("-cp", "lib/*", "-Xmx1g");
    assertThat(command.classPath()).contains("lib/*");
    assertThat(command.argumentFiles()).isEmpty();
  }

  @Test
  void endsWithTheJar() throws Exception {
    JavaCommand command = of("-ea", "-jar", "app.jar", "-cp", "mine");
    assertThat(command.options()).containsExactly("-ea", "-jar");
    assertThat(command.classPath()).isEmpty();
  }

  @Test
  void theLastClassPathCounts() throws Exception {
    assertThat(of("-cp", "a", "--class-path=b", "Main").classPath()).contains("b");
    assertThat(of("--class-path=b", "-classpath", "c", "Main").classPath()).contains("c");
  }

  @Test
  void aValueIsNoMainClass() throws Exception {
    assertThat(of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-cp", "x", "Main").classPath())
        .contains("x");
  }

  @Test
  void readsArgumentFiles() throws Exception {
    Files.writeString(directory.resolve("jvm.args"), "-Xmx1g\n-cp 'conf:lib/*'\n@@no");
    JavaCommand command = of("-ea", "@jvm.args", "Main", "@app.args");
    assertThat(command.classPath()).contains("conf:lib/*");
    assertThat(command.argumentFiles()).containsExactly("jvm.args");
  }

  @Test
  void readsNoFileWhereThatIsSwitchedOff() throws Exception {
    JavaCommand command = of("--disable-@files", "@nothing", "-cp", "x");
    assertThat(command.argumentFiles()).isEmpty();
  }

  @Test
  void failsOverAFileThatIsMissing() {
    assertThatThrownBy(() -> of("@nothing", "Main")).isInstanceOf(IOException.class);
  }

  @Test
  void findsAgentsAlsoInTheEnvironment() throws Exception {
    JavaCommand command =
        JavaCommand.of(
            List.of("-javaagent:/a.jar=x=y", "Main"),
            Map.of(
                "JAVA_TOOL_OPTIONS", "-javaagent:/b.jar", "JDK_JAVA_OPTIONS", "-javaagent:c.jar=1"),
            directory);
    assertThat(command.agentJars()).containsExactly("/b.jar", "c.jar", "/a.jar");
  }

  private JavaCommand of(String... arguments) throws IOException {
    return JavaCommand.of(List.of(arguments), Map.of(), directory);
  }
}
