package dev.fastdeploy.launcher.supervisor.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths lead into the image release, whatever way they go. */
class ImagePathsTest {

  private @TempDir Path folder;
  private Path image;
  private Path current;
  private ImagePaths paths;

  @BeforeEach
  void layOut() throws IOException {
    folder = folder.toRealPath();
    image = Files.createDirectories(folder.resolve("img/c1"));
    Files.createDirectories(image.resolve("lib"));
    Files.createFile(image.resolve("app.jar"));
    Files.createSymbolicLink(folder.resolve("app"), Path.of("img/c1"));
    Files.createSymbolicLink(folder.resolve("app.jar"), Path.of("app/app.jar"));
    current = folder.resolve("home/current");
    Path entry = folder.resolve("home/releases/c1");
    Files.createDirectories(entry.getParent());
    Files.createSymbolicLink(entry, image);
    Files.createSymbolicLink(current, Path.of("releases/c1"));
    Files.createSymbolicLink(folder.resolve("now"), Path.of("home/current/lib"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    paths = new ImagePaths(image, current);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../c1/app.jar",
        "lib/../../c1/lib/*",
        "-Dx=../../img/c1",
        "{}/img/c1/app.jar",
        "{}/app/app.jar:lib/x.jar",
        "lib/x.jar:{}/app.jar",
        "-Xbootclasspath/a:{}/app/lib/not-there.jar",
        "--module-path={}/home/releases/c1/lib",
        "-javaagent:{}/img/../img/c1/a.jar=x",
        "-jar {}/app.jar",
      })
  void leadIn(String word) {
    assertThat(warnings(word)).singleElement().asString().contains("the command's", "{release}");
    assertThat(paths.warnings(List.of(), name -> name.equals("CLASSPATH") ? given(word) : ""))
        .singleElement()
        .asString()
        .contains("the variable CLASSPATH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app.jar:lib/*",
        "./lib/../app.jar",
        "../c2/app.jar",
        "../c11",
        "{}/home/current/app.jar",
        "{}/now/x.jar",
        "{}/img/c1/../c2/x.jar",
        "{}/loop/x.jar",
        "http://host/img/c1",
        "a..b",
        "@nowhere",
      })
  void doNot(String word) {
    assertThat(warnings(word)).isEmpty();
  }

  @Test
  void areFoundInArgumentFiles() throws IOException {
    Files.writeString(image.resolve("args"), "# comment\n-cp \"../c1/app.jar\"\nMain\n");
    Path elsewhere = Files.writeString(folder.resolve("more"), "-cp " + folder + "/app/app.jar");

    assertThat(warnings("@args")).singleElement().asString().contains("the file 'args'");
    assertThat(
            paths.warnings(
                List.of(), name -> name.equals("JDK_JAVA_OPTIONS") ? "-Xmx1g @" + elsewhere : ""))
        .hasSize(1);
  }

  private List<String> warnings(String word) {
    return paths.warnings(List.of("java", given(word)), name -> "");
  }

  private String given(String word) {
    return word.replace("{}", folder.toString());
  }
}
