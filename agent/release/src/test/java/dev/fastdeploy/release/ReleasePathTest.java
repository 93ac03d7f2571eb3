package dev.fastdeploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasePathTest {

  @ParameterizedTest
  @CsvSource({
    "app.jar, app.jar",
    "./app.jar, app.jar",
    "././lib/a.jar, lib/a.jar",
    "lib/, lib",
    "a b/ü…, a b/ü…",
    "..., ...",
    "a\\b, a\\b"
  })
  void readsNamesAsArchivesSpellThem(String name, String path) throws Exception {
    assertThat(ReleasePath.read(name)).contains(new ReleasePath(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"./", ".", "././"})
  void theReleaseItselfHasNoPath(String name) throws Exception {
    assertThat(ReleasePath.read(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, absolute",
    "//etc, absolute",
    "/, absolute",
    ".//etc/passwd, absolute",
    "../x, '..'",
    "a/../b, '..'",
    "a/.., '..'",
    "a//b, empty",
    "a/./b, '.'",
    "'a\nb', control",
    "'a\0b', control",
    "a\uFFFDb, UTF-8",
    "'', no name"
  })
  void refusesNamesThatAreNoneForAFile(String name, String reason) {
    assertThatThrownBy(() -> ReleasePath.read(name))
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  @Test
  void countsBytesNotCharacters() throws Exception {
    assertThat(ReleasePath.read("a".repeat(255))).isPresent();
    assertThatThrownBy(() -> ReleasePath.read("a".repeat(256))).hasMessageContaining("255");
    assertThatThrownBy(() -> ReleasePath.read("ü".repeat(128))).hasMessageContaining("255");
    assertThatThrownBy(() -> ReleasePath.read("abc/".repeat(1000) + "d"))
        .hasMessageContaining("3072");
  }
}
