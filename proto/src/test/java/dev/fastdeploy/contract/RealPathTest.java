package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealPathTest {

  @TempDir Path temp;

  private Path directory;
  private Path link;

  @BeforeEach
  void linkADirectory() throws IOException {
    directory = Files.createDirectory(temp.toRealPath().resolve("releases"));
    link = Files.createSymbolicLink(directory.resolveSibling("current"), directory);
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path file = Files.createFile(directory.resolve("app.jar"));

    assertThat(RealPath.of(link.resolve("app.jar"))).isEqualTo(file);
  }

  @Test
  void whatIsNotThereIsNormalizedAlone() {
    assertThat(RealPath.of(link.resolve("lib/../gone.jar"))).isEqualTo(link.resolve("gone.jar"));
  }

  @Test
  void whatIsNotThereIsAbsolute() {
    assertThat(RealPath.of(Path.of("gone.jar")))
        .isEqualTo(Path.of("").toAbsolutePath().resolve("gone.jar"));
  }
}
