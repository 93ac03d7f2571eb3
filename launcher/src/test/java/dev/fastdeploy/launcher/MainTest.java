package dev.fastdeploy.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @ParameterizedTest
  @CsvSource({
    "/cache, /home/ci, /cache/fastdeploy",
    ", /home/ci, /home/ci/.cache/fastdeploy",
    "cache, /home/ci, /home/ci/.cache/fastdeploy",
    "/cache, ?, /cache/fastdeploy"
  })
  void theCacheIsTheUsers(String cacheHome, String userHome, Path expected) {
    assertThat(Main.cacheDirectory(cacheHome, userHome)).contains(expected);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"?", ".", "home", "../ci"})
  void itIsNeverBelowTheWorkingDirectory(String userHome) {
    assertThat(Main.cacheDirectory(null, userHome)).isEmpty();
    assertThat(Main.cacheDirectory("./cache", userHome)).isEmpty();
  }

  @Test
  void itIsNotTheWorkingDirectoryByAnEmptyVariable() {
    assertThat(Main.cacheDirectory("", "?")).isEmpty();
  }
}
