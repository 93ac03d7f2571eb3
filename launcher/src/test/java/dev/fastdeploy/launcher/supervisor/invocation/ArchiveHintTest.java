package dev.fastdeploy.launcher.supervisor.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an archive of classes is named as the reason of a JVM's end. */
class ArchiveHintTest {

  @TempDir Path folder;

  @Test
  void anOptionIsFoundWhereverAJvmReadsIt() throws IOException {
    Files.writeString(folder.resolve("flags"), "-Xmx64m\n-XX:AOTMode=on\n");

    assertThat(hint(1, Map.of(), "java", "-XX:AOTMode=on", "Main")).contains("-XX:AOTMode=on");
    assertThat(hint(1, Map.of(), "java", "@flags", "Main"))
        .contains("-XX:AOTMode=on", "--add-modules java.instrument");
    assertThat(hint(1, Map.of("JAVA_TOOL_OPTIONS", "-Xshare:on -Da"), "catalina.sh"))
        .contains("-Xshare:on");
    assertThat(hint(1, Map.of("JDK_JAVA_OPTIONS", "-XX:+AutoCreateSharedArchive"), "java", "M"))
        .contains("-XX:+AutoCreateSharedArchive");
  }

  @Test
  void anotherCodeOrNoSuchOptionIsNoReasonToGuess() {
    assertThat(hint(2, Map.of(), "java", "-XX:AOTMode=on", "Main")).isEmpty();
    assertThat(hint(1, Map.of(), "java", "@none", "@", "-Xshare:auto", "Main")).isEmpty();
  }

  private String hint(int code, Map<String, String> variables, String... line) {
    return ArchiveHint.of(code, List.of(line), variables, folder).orElse("");
  }
}
