package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

  private @TempDir Path directory;

  @Test
  void aFileThatCannotBeWrittenIsNamedAndNothingIsLeftBesideIt() throws IOException {
    // A file cannot take the place of a directory, not by root's hand either.
    Path file = Files.createDirectory(directory.resolve("state"));
    Files.createFile(file.resolve("in-the-way"));

    assertThatThrownBy(() -> DurableFiles.write(file, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("'" + file + "' could not be written: ")
        .hasMessageNotContaining(".new");
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries).containsExactly(file);
    }
  }
}
