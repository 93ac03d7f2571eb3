package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
