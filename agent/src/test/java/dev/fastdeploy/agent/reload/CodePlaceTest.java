package dev.fastdeploy.agent.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file or directory behind the URL of a code source. */
class CodePlaceTest {

  @ParameterizedTest
  @CsvSource({
    "file:/srv/app.jar, /srv/app.jar",
    "file:///srv/app.jar, /srv/app.jar",
    "file:/srv/classes/, /srv/classes",
    "file:/srv/my%20app.jar, /srv/my app.jar",
    "file:/srv/my app.jar, /srv/my app.jar",
    "jar:file:/srv/app.jar!/, /srv/app.jar",
    "jar:file:/srv/app.jar!/BOOT-INF/classes!/, /srv/app.jar",
    "jar:file:/srv/app.jar!/BOOT-INF/lib/a.jar!/, /srv/app.jar",
    "jar:nested:/srv/app.jar/!BOOT-INF/lib/a.jar!/, /srv/app.jar",
    "jar:nested:/srv/app.jar/!BOOT-INF/classes/!/, /srv/app.jar",
    "nested:/srv/app.jar/!BOOT-INF/classes/, /srv/app.jar",
  })
  void isFound(String url, String file) {
    assertThat(CodePlace.of(url).map(CodePlace::path)).contains(Path.of(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/a.jar",
        "jar:http://example.com/a.jar!/",
        "vfs:/a",
        "jrt:/java.base"
      })
  void isNotInvented(String url) {
    assertThat(CodePlace.of(url)).isEmpty();
  }

  @Test
  void keepsAPercentSignThatIsNoEscape() {
    assertThat(CodePlace.of("file:/srv/100%/app.jar").map(CodePlace::path))
        .contains(Path.of("/srv/100%/app.jar"));
  }
}
