package dev.fastdeploy.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.launcher.supervisor.invocation.InitTasks;
import dev.fastdeploy.launcher.supervisor.process.Signals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that begins with a dash is no option of the program that starts it. */
@Timeout(60)
class DashedCommandsTest {

  @TempDir Path folder;

  @Test
  void aServiceInAGroupOfItsOwn() {
    assertThat(Signals.inOwnGroup(List.of("--version", "x")))
        .containsExactly("setsid", "--", "--version", "x");
  }

  @Test
  void anInitTask() throws Exception {
    Process task = InitTasks.builder("-no-such-program; echo ran", folder, Map.of()).start();

    String output = new String(task.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    task.waitFor();
    assertThat(output).isEqualTo("ran\n");
  }
}
