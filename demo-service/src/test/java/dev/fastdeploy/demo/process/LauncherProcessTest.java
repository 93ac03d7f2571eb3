package dev.fastdeploy.demo.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherProcessTest {

  private static final Path ENTRYPOINT =
      Path.of("../launcher/src/main/entrypoint/fastdeploy-entrypoint.sh");

  @Test
  void theSmallJvmHasTheEntrypointsFlags() throws Exception {
    String script = Files.readString(ENTRYPOINT);
    String exec = script.substring(script.indexOf("\nexec "), script.indexOf(" -jar "));

    List<String> flags =
        Pattern.compile("\\s(-X\\S+)").matcher(exec).results().map(flag -> flag.group(1)).toList();

    assertThat(LauncherProcess.SMALL_JVM).isEqualTo(flags);
  }
}
