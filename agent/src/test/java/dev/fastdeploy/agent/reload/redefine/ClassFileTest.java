package dev.fastdeploy.agent.reload.redefine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.agent.reload.CodePlace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the URL of a code source to a file of a release. */
class ClassFileTest {

  private static final Path RELEASE = Path.of("/no such/release");

  @ParameterizedTest
  @CsvSource({
    "file:/no%20such/release/classes/, classes/a/C.class, ''",
    "file:/no such/release/classes/, classes/a/C.class, ''",
    "file:/no%20such/release/, a/C.class, ''",
    "file:/no%20such/release/lib/app.jar, lib/app.jar, a/C.class",
    "jar:file:/no%20such/release/app.jar!/, app.jar, a/C.class",
    "jar:file:/no%20such/release/app.jar!/BOOT-INF/classes!/, app.jar, BOOT-INF/classes/a/C.class",
    "jar:nested:/no%20such/release/app.jar/!BOOT-INF/classes/!/, app.jar,"
        + " BOOT-INF/classes/a/C.class",
    "nested:/no%20such/release/app.jar/!BOOT-INF/classes/, app.jar, BOOT-INF/classes/a/C.class",
    "jar:nested:/no%20such/release/app.jar/!BOOT-INF/lib/b.jar!/, app.jar,"
        + " BOOT-INF/lib/b.jar/a/C.class",
  })
  void fileOfAClass(String url, String file, String entry) {
    assertThat(ClassFile.of("a.C", CodePlace.of(url).orElseThrow(), RELEASE))
        .contains(new ClassFile(file, entry));
  }

  @Test
  void placeOutsideOfTheReleaseHoldsNothingOfIt() {
    assertThat(
            ClassFile.of("a.C", CodePlace.of("file:/no%20such/release2/").orElseThrow(), RELEASE))
        .isEmpty();
  }

  @Test
  void linkIsFollowed(@TempDir Path root) throws Exception {
    Path release = Files.createDirectory(root.toRealPath().resolve("release"));
    Files.createFile(release.resolve("app-1.jar"));
    Path link = Files.createSymbolicLink(release.resolve("app.jar"), Path.of("app-1.jar"));

    assertThat(ClassFile.of("a.C", CodePlace.of("file:" + link).orElseThrow(), release))
        .contains(new ClassFile("app-1.jar", "a/C.class"));
  }
}
