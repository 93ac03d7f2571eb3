package dev.fastdeploy.launcher.supervisor.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCommandLineTest {

  @TempDir Path release;

  @BeforeEach
  void jars() throws IOException {
    Files.createDirectory(release.resolve("lib"));
    Files.createDirectory(release.resolve("none"));
    for (String name : List.of("b.jar", "a.jar", "c.JAR", "d.Jar", "e.txt", ".h.jar", "x:y.jar")) {
      Files.createFile(release.resolve("lib").resolve(name));
    }
    Files.createFile(release.resolve("app.jar"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java -cp a Main -x         | -cp a Main",
        "java -Xmx1g -jar a.jar -cp x | -Xmx1g -jar a.jar",
        "java -p mods -m a/b.C x    | -p mods -m a/b.C",
        "java --module=a/b x        | --module=a/b",
        "java @args -cp a Main y    | @args -cp a Main",
        "java --add-opens a/b=c --add-modules x Main y | --add-opens a/b=c --add-modules x Main",
        "java -version              | -version",
        "java                       | ''",
        "java -jar                  | -jar",
        "java -jar -Xmx1g a.jar x   | -jar -Xmx1g a.jar",
        "java -cp                   | -cp",
      })
  void tellsTheJvmsWordsFromTheApplications(String line, String options) {
    assertThat(String.join(" ", of(line).options())).isEqualTo(options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java -cp app.jar:lib/* Main  | java -cp app.jar:lib/.h.jar:lib/a.jar:lib/b.jar:lib/c.JAR Main",
        "java -classpath lib/* Main   | java -classpath lib/.h.jar:lib/a.jar:lib/b.jar:lib/c.JAR Main",
        "java --class-path=* Main     | java --class-path=app.jar Main",
      })
  void writesOutTheJarsOfADirectory(String line, String sorted) throws IOException {
    assertThat(of(line).sorted(release)).contains(of(sorted));
  }

  @ParameterizedTest
  @CsvSource({
    "java -cp app.jar Main",
    "java -cp none/*:missing/*:lib*:lib/b.* Main",
    "java -jar app.jar -cp lib/*",
    "java -cp app.jar Main -cp lib/*",
    "java -Dx=lib/* -cp app.jar Main",
  })
  void leavesEverythingElse(String line) throws IOException {
    assertThat(of(line).sorted(release)).isEmpty();
  }

  @Test
  void refusesMoreThanAProgramTakes() throws IOException {
    Path many = Files.createDirectory(release.resolve("many"));
    for (int i = 0; i < 700; i++) {
      Files.createFile(many.resolve("x".repeat(200) + i + ".jar"));
    }
    assertThatThrownBy(() -> of("java -cp many/* Main").sorted(release))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @CsvSource({
    "java -cp a:b -Dx=y Main -cp z, a:b",
    "java --class-path=a Main, --class-path=a",
    "java -Djava.class.path=a -Xbootclasspath/a:b -Xlog:x Main, -Djava.class.path=a -Xbootclasspath/a:b",
    "java -jar -Xmx1g a.jar -p x, a.jar",
    "java -p mods -m a/b -p x, mods",
    "java Main, ''",
    "java, ''",
  })
  void tellsWhereClassesAre(String line, String places) {
    assertThat(String.join(" ", of(line).places())).isEqualTo(places);
  }

  private static JavaCommandLine of(String line) {
    return new JavaCommandLine(List.of(line.strip().split(" +", -1)));
  }
}
