package dev.fastdeploy.launcher.supervisor.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaRuntimeTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "17.0.15+6-Debian-1deb12u1, 17, jsa",
    "21.0.7+6-LTS, 21, jsa",
    "24.0.1+9, 24, jsa",
    "25.0.3+9-LTS, 25, aot",
    "26-ea+12, 26, aot",
  })
  void aVersionTellsTheKindOfArchive(String version, int feature, String suffix)
      throws IOException {
    JavaRuntime runtime =
        read("JAVA_RUNTIME_VERSION=\"" + version + "\"\nOS_ARCH=\"aarch64\"\nLIBC=\"musl\"\n");

    assertThat(runtime.feature()).isEqualTo(feature);
    assertThat(runtime.archiveName(line("a.jar"), folder))
        .startsWith("jdk-" + version + "-aarch64-musl-")
        .endsWith("." + suffix);
  }

  /** As jlink writes it. */
  @Test
  void aShortFileIsEnough() throws IOException {
    JavaRuntime runtime = read("JAVA_VERSION=\"17.0.15\"\nMODULES=\"java.base\"\n");
    assertThat(runtime.build()).isEqualTo("17.0.15");
    assertThat(runtime.machine()).isEqualTo(System.getProperty("os.arch") + "-default");
  }

  @Test
  void aNameNeverLeavesItsDirectory() throws IOException {
    assertThat(read("JAVA_VERSION=\"17/../../x y\"\n").archiveName(line("/a"), folder))
        .startsWith("jdk-17_.._.._x_y-")
        .doesNotContain("/");
  }

  @Test
  void aProgramMayBeALink() throws IOException {
    write("JAVA_VERSION=\"17.0.15\"\n");
    Files.createSymbolicLink(folder.resolve("java"), folder.resolve("jdk/bin/java"));
    assertThat(JavaRuntime.of("./java", folder)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "JAVA_VERSION=\"\"", "JAVA_VERSION=\"ea\"", "x=\\u00g", "MODULES=a"})
  void nothingIsKnownOfOthers(String text) throws IOException {
    write(text);
    assertThat(JavaRuntime.of("jdk/bin/java", folder)).isEmpty();
    assertThat(JavaRuntime.of("nowhere/java", folder)).isEmpty();
    assertThat(JavaRuntime.of("no-such-program-\0", folder)).isEmpty();
  }

  /** JDK 25 compares none of this. */
  @Test
  void aNameIsForOneClassPath() throws IOException {
    JavaRuntime runtime = read("JAVA_VERSION=\"25\"\n");
    Path jar = Files.writeString(folder.resolve("a.jar"), "a");
    Files.writeString(folder.resolve("b.jar"), "b");
    String name = runtime.archiveName(line("a.jar:b.jar"), folder);

    assertThat(runtime.archiveName(line("a.jar:b.jar"), folder)).isEqualTo(name);
    assertThat(runtime.archiveName(line("b.jar:a.jar"), folder)).isNotEqualTo(name);
    assertThat(runtime.archiveName(line("a.jar"), folder)).isNotEqualTo(name);
    assertThat(runtime.archiveName(line("a.jar:b.jar:c.jar"), folder)).isNotEqualTo(name);
    FileTime time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() + 2000));
    assertThat(runtime.archiveName(line("a.jar:b.jar"), folder)).isNotEqualTo(name);
    Files.writeString(jar, "longer");
    Files.setLastModifiedTime(jar, time);
    assertThat(runtime.archiveName(line("a.jar:b.jar"), folder)).isNotEqualTo(name);
  }

  private static JavaCommandLine line(String classPath) {
    return new JavaCommandLine(List.of("java", "-cp", classPath, "Main"));
  }

  private JavaRuntime read(String text) throws IOException {
    write(text);
    return JavaRuntime.of("jdk/bin/java", folder).orElseThrow();
  }

  private void write(String text) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(bin.resolve("java"), "");
    Files.writeString(bin.resolveSibling("release"), text);
  }
}
