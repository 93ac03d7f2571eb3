package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.PendingActivation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentReleaseTest {

  @TempDir Path folder;
  private Path image = Path.of("");
  private Home home = new Home(Path.of(""));

  @BeforeEach
  void image() throws Exception {
    image = Files.createDirectory(folder.resolve("it's an image")).toRealPath();
    home = new Home(folder.resolve("home"));
  }

  @Test
  void theFirstStartIsTheImages() throws Exception {
    assertThat(lines("c1"))
        .containsExactly(
            "export FASTDEPLOY_HOME='" + home.given() + "'",
            "export FASTDEPLOY_COMMIT='c1'",
            "export FASTDEPLOY_RELEASE='" + image.toString().replace("'", "'\\''") + "'",
            "cd '" + image.toString().replace("'", "'\\''") + "'");
  }

  @Test
  void aShellGoesThere() throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "eval \"$1\"; pwd; echo $FASTDEPLOY_COMMIT",
                "sh",
                String.join("\n", lines("c1")))
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said.lines()).containsExactly(image.toString(), "c1");
  }

  @Test
  void whatWasProvenLastComesBack() throws Exception {
    lines("c1");
    activated("c2");
    home.change(state -> state.withPendingProven(1));

    assertThat(lines("c1")).contains("export FASTDEPLOY_COMMIT='c2'");
  }

  @Test
  void whatWasNeverProvenDoesNot() throws Exception {
    lines("c1");
    activated("c2");

    assertThat(lines("c1")).contains("export FASTDEPLOY_COMMIT='c1'");
    assertThat(home.state().pending()).isNull();
  }

  @Test
  void aNewImageWins() throws Exception {
    lines("c1");
    activated("c2");
    home.change(state -> state.withPendingProven(1));

    assertThat(lines("c3")).contains("export FASTDEPLOY_COMMIT='c3'");
  }

  @Test
  void aCommandIsRefused() {
    assertThatThrownBy(() -> CurrentRelease.lines(List.of("--", "java"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("current starts nothing");
  }

  private void activated(String commit) throws Exception {
    home.publish(home.newStagingDirectory(), new Commit(commit));
    home.activate(
        new PendingActivation(
            new DeployId("d1"),
            1,
            new Commit("c1"),
            new Commit(commit),
            "module",
            false,
            Map.of()));
  }

  private List<String> lines(String commit) throws Exception {
    return CurrentRelease.lines(
        List.of(
            "--home", home.given().toString(), "--release", image.toString(), "--commit", commit),
        Map.of());
  }
}
