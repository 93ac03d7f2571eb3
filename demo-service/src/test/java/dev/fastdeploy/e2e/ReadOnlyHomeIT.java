package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The home's volume is read-only, from the start or from some time on, as a kernel makes it after a
 * fault: the service runs, and a deploy is refused in one line.
 */
@Timeout(120)
class ReadOnlyHomeIT {

  @TempDir Path folder;
  private TestBed bed;

  private void makeBed(Jdk jdk) throws Exception {
    Path payload = folder.resolve("payload");
    bed =
        new TestBed(
            jdk,
            folder,
            Map.of(
                "FASTDEPLOY_PAYLOAD_DIR",
                payload.toString(),
                // The launcher's socket is to lie in the test's folder, too.
                "JAVA_TOOL_OPTIONS",
                "-Djava.io.tmpdir=" + folder));
    bed.publish(bed.demoRelease("c2"), "c2");
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  @Test
  void whatRunsGoesOnAndTakesDeploysOnceTheHomeCanBeWrittenAgain() throws Exception {
    makeBed(Jdks.byTurns(0));
    bed.startServing(bed.demoLauncher(bed.demoRelease("c1"), "c1"), "c1");
    Mount readOnly = Mount.readOnly(bed.home());
    try {
      DeployRun run = bed.deploy("c2");

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
      assertThat(run.outcome("refusal")).as(run.toString()).isEqualTo("HOME_UNWRITABLE");
      assertThat(run.outcome("reason").toString())
          .isEqualTo("the home '" + bed.home() + "' cannot be written; mount a volume that can");
      assertThat(bed.servedCommit()).isEqualTo("c1");
      assertThat(bed.status())
          .containsEntry("running", "c1")
          .containsEntry("deploysRefusedBecause", run.outcome("reason"));
    } finally {
      readOnly.close();
    }

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    assertThat(bed.servedCommit()).isEqualTo("c2");
  }

  @Test
  void aContainerServesItsImageAndRefusesDeploys() throws Exception {
    makeBed(Jdks.byTurns(1));
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef\n");
    Path image = bed.demoRelease("c1");
    String address = "127.0.0.1:" + FreePorts.one();
    Files.createDirectories(bed.home());
    Mount readOnly = Mount.readOnly(bed.home());
    try {
      LauncherProcess launcher =
          bed.start(
              bed.demoLauncher(image, "c1")
                  .option("--control-listen", address)
                  .option("--control-token-file", token));
      bed.awaitServing("c1", launcher);
      Awaitility.await("control endpoint")
          .atMost(TestBed.PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> run("status", address, token).exitCode() == 0);

      CommandResult deploy = run("deploy", address, token, "c2", "--json");

      assertThat(deploy.exitCode()).as(deploy.toString()).isEqualTo(2);
      assertThat(String.join("", deploy.stdout()))
          .contains("\"refusal\":\"HOME_UNWRITABLE\"")
          .contains("cannot be written; mount a volume that can");
      assertThat(bed.servedCommit()).isEqualTo("c1");
      assertThat(ownLines(launcher))
          .singleElement()
          .asString()
          .startsWith("fastdeploy: the home '" + bed.home() + "' cannot be written (")
          .endsWith("; the image release is served and deploys are refused");
      launcher.close();
    } finally {
      readOnly.close();
    }
  }

  @Test
  void theLauncherOfAnotherProgramSaysItToo() throws Exception {
    makeBed(Jdks.byTurns(0));
    Files.createDirectories(bed.home());
    Mount readOnly = Mount.readOnly(bed.home());
    try {
      LauncherProcess launcher =
          bed.start(
              bed.launcher(bed.demoRelease("c1"), "c1")
                  .command(List.of("sh", "-c", "echo served; exit 7")));

      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(7));
      assertThat(launcher.output().stdout()).containsExactly("served");
      assertThat(ownLines(launcher)).hasSize(1);
    } finally {
      readOnly.close();
    }
  }

  private CommandResult run(String command, String address, Path token, String... more)
      throws Exception {
    List<Object> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--target", address, "--control-token-file", token));
    words.addAll(List.of(more));
    return bed.run(words.toArray());
  }

  /** What launcher and agent say, but for the audit, this test's own options and the token. */
  private static List<String> ownLines(LauncherProcess launcher) {
    return launcher.output().stderr().stream()
        .filter(line -> line.startsWith("fastdeploy: "))
        .filter(line -> !line.startsWith("fastdeploy: audit "))
        .filter(line -> !line.contains("JAVA_TOOL_OPTIONS"))
        .filter(line -> !line.contains("is open to other users"))
        .toList();
  }
}
