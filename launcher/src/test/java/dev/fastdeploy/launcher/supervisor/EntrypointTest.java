package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that is a container's entrypoint, with a java that tells what it was given. */
@Timeout(30)
class EntrypointTest {

  private static final Path SCRIPT = Path.of("src/main/entrypoint/fastdeploy-entrypoint.sh");

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void install() throws IOException {
    Path opt = Files.createDirectory(folder.resolve("an opt"));
    script = Files.copy(SCRIPT, opt.resolve("entry.sh"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nenv\nfor word; do echo \"word=$word\"; done\nexit 7\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void whatIsInjectedForTheServiceIsKeptFromTheLauncher() throws Exception {
    List<String> lines =
        run(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-Da='x y' -XX:+UseG1GC",
                "JDK_JAVA_OPTIONS", "-Db",
                "_JAVA_OPTIONS", "-Dc"));

    assertThat(lines)
        .contains(
            "FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS=-Da='x y' -XX:+UseG1GC",
            "FASTDEPLOY_CHILD_JDK_JAVA_OPTIONS=-Db",
            "FASTDEPLOY_CHILD__JAVA_OPTIONS=-Dc")
        .noneMatch(line -> line.startsWith("JAVA_TOOL_OPTIONS="))
        .noneMatch(line -> line.startsWith("JDK_JAVA_OPTIONS="))
        .noneMatch(line -> line.startsWith("_JAVA_OPTIONS="));
  }

  @Test
  void whatWasKeptBeforeStays() throws Exception {
    assertThat(run(Map.of("FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS", "-Da")))
        .contains("FASTDEPLOY_CHILD_JAVA_TOOL_OPTIONS=-Da");
  }

  @Test
  void theLauncherGetsItsArgumentsAsTheyAre() throws Exception {
    List<String> words =
        run(Map.of()).stream()
            .filter(line -> line.startsWith("word="))
            .map(line -> line.substring("word=".length()))
            .toList();

    assertThat(words)
        .contains("-Xmx8m", "-XX:+UseSerialGC")
        .endsWith(
            "-jar", script.resolveSibling("fastdeploy.jar").toString(), "run", "--soak", "1 s");
  }

  @Test
  void wordsAreReadInUtf8AndTheServiceKeepsItsLocale() throws Exception {
    assertThat(run(Map.of("LC_ALL", "POSIX")))
        .contains("LC_ALL=C.UTF-8", "FASTDEPLOY_CHILD_LC_ALL=POSIX");
    assertThat(run(Map.of("LC_ALL", "", "LANG", "de_DE.UTF-8")))
        .contains("LC_ALL=C.UTF-8", "FASTDEPLOY_CHILD_LC_ALL=", "LANG=de_DE.UTF-8");
    assertThat(run(Map.of("LC_ALL", "de_DE.ISO-8859-1")))
        .contains("LC_ALL=de_DE.ISO-8859-1")
        .noneMatch(line -> line.startsWith("FASTDEPLOY_CHILD_LC_ALL"));
  }

  @Test
  void theJarMayLieElsewhere() throws Exception {
    assertThat(run(Map.of("FASTDEPLOY_JAR", "/elsewhere/f.jar"))).contains("word=/elsewhere/f.jar");
  }

  private List<String> run(Map<String, String> environment) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", script.toString(), "--soak", "1 s"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(7);
    return Arrays.asList(output.split("\n", -1));
  }
}
