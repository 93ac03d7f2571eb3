package dev.fastdeploy.launcher.supervisor.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a Java runtime without agents is named as the reason of a JVM's end. */
class AgentModuleTest {

  private static final String WITHOUT = "JAVA_VERSION=\"21\"\nMODULES=\"java.base java.logging\"\n";

  @TempDir Path folder;
  private Path java;

  @BeforeEach
  void makeRuntime() throws IOException {
    java = Files.createDirectories(folder.resolve("jre/bin")).resolve("java");
    Files.writeString(java, "");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theRuntimeIsFoundByItsPathOrALink() throws IOException {
    runtime(WITHOUT);
    Path link = Files.createDirectories(folder.resolve("usr/bin")).resolve("java");
    Files.createSymbolicLink(link, java);

    assertThat(missing(1, Map.of(), java.toString(), "-jar", "a.jar"))
        .contains("'" + folder.toRealPath().resolve("jre") + "' lacks the module java.instrument");
    assertThat(missing(1, Map.of(), link.toString(), "Main")).contains("java.instrument");
    assertThat(missing(1, Map.of(), "jre/bin/java", "Main")).contains("java.instrument");
  }

  @Test
  void thatOfAScriptIsFoundByItsVariables() throws IOException {
    runtime(WITHOUT);

    assertThat(missing(1, Map.of("JAVA_HOME", folder + "/jre"), "sh", "start.sh"))
        .contains("java.instrument");
    assertThat(missing(1, Map.of("JAVA_HOME", "", "PATH", ":/none:" + folder + "/jre/bin"), "sh"))
        .contains("java.instrument");
    assertThat(missing(1, Map.of("JAVA_HOME", "", "PATH", "/none"), "sh")).isEmpty();
    assertThat(missing(1, Map.of("JAVA_HOME", "\0"), "sh")).isEmpty();
  }

  @Test
  void aRuntimeThatHasItOrDoesNotTellIsNotNamed() throws IOException {
    assertThat(missing(1, Map.of(), java.toString())).isEmpty();
    for (String told :
        List.of(
            "",
            "MODULES",
            "JAVA_VERSION=\"17\"\n",
            "MODULES=\"java.base java.instrument\"\n",
            "MODULES=\"java.instrument\"",
            "\u00ff\u0000")) {
      runtime(told);
      assertThat(missing(1, Map.of(), java.toString())).as(told).isEmpty();
    }
    runtime("MODULES=\"java.instrument.more\"");
    assertThat(missing(1, Map.of(), java.toString())).isNotEmpty();
    runtime(" ".repeat(1 << 17) + "\n" + WITHOUT);
    assertThat(missing(1, Map.of(), java.toString())).isEmpty();
  }

  @Test
  void anotherCodeIsNoReasonToLook() throws IOException {
    runtime(WITHOUT);

    assertThat(missing(2, Map.of(), java.toString())).isEmpty();
    assertThat(missing(1, Map.of(), folder + "/none/bin/java")).isEmpty();
  }

  private void runtime(String told) throws IOException {
    Files.writeString(folder.resolve("jre/release"), told);
  }

  private String missing(int code, Map<String, String> variables, String... line) {
    return AgentModule.missing(code, List.of(line), variables, folder).orElse("");
  }
}
