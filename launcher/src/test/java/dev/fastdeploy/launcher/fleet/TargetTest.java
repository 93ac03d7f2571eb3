package dev.fastdeploy.launcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @ValueSource(strings = {"host:1", "10.0.0.1:65535", "[::1]:7000", "a-b.c_d:80", "unix:/x/y.sock"})
  void readsWhatItWrites(String text) {
    assertThat(Target.parse(text).name()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host",
        "host:",
        ":80",
        "host:0",
        "host:65536",
        "host:99999",
        "::1:80",
        "http://host:80",
        "unix:",
        "host:80/path",
        "ho st:80",
        "host:-1",
        "host:8o"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Target.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the target '" + text + "' is not understood; write host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:1", "127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "unix:/x"})
  void knowsWhatStaysOnTheMachine(String text) {
    assertThat(Target.parse(text).local()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1:1", "127.0.0.1.example.org:1", "localhost.example:1", "[::]:1"})
  void knowsWhatMayLeaveIt(String text) {
    assertThat(Target.parse(text).local()).isFalse();
  }

  @Test
  void socketPathMustFit() {
    assertThatThrownBy(() -> Target.parse("unix:/" + "x".repeat(107)))
        .hasMessageContaining("too long");
  }

  @Test
  void sameInstanceIsNotNamedTwice() {
    assertThatThrownBy(() -> Targets.of(List.of("unix:/a/../b", "unix:/b"), null))
        .hasMessage("the target 'unix:/b' is given twice; name each instance once");
  }

  @Test
  void fileFollowsWhatWasNamed(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("t"), "# fleet\n\n b:2 \nc:3\n");

    assertThat(Targets.of(List.of("a:1"), file).stream().map(Target::name))
        .containsExactly("a:1", "b:2", "c:3");
  }
}
