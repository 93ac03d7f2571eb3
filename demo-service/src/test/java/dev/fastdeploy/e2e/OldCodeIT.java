package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deploy after which the old code answers is no success, whatever way the path to it came. */
@Timeout(120)
class OldCodeIT extends OnOneJdk {

  private static final String CLASS_PATH = "../c1/" + ReleaseBuilder.JAR;

  @Test
  void aRelativePathIntoTheImageReleaseIsToldAtTheStartAndFailsTheDeploy() throws Exception {
    Path image = bed.demoRelease("c1");
    LauncherProcess launcher =
        bed.startServing(
            bed.launcher(image, "c1")
                .option("--ready", "http:" + bed.port() + "/health")
                .javaCommand(
                    "-cp", CLASS_PATH, ReleaseBuilder.MAIN_CLASS, "--port", "" + bed.port()),
            "c1");
    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.contains(CLASS_PATH) && line.contains("into the image release"));

    assertTakenBack();
    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.contains("class path entry '" + CLASS_PATH + "'"));
  }

  @Test
  void aScriptThatGoesToTheImagesDirectoryFailsTheDeploy() throws Exception {
    Path image = bed.demoRelease("c1");
    String script =
        "cd '"
            + image.toRealPath().getParent()
            + "' && cd c1 && exec '"
            + jdk.java()
            + "' -cp "
            + ReleaseBuilder.JAR
            + " "
            + ReleaseBuilder.MAIN_CLASS
            + " --port "
            + bed.port();
    bed.startServing(
        bed.launcher(image, "c1")
            .option("--agent-via", "env")
            .option("--ready", "http:" + bed.port() + "/health")
            .command(List.of("sh", "-c", script)),
        "c1");

    assertTakenBack();
  }

  private void assertTakenBack() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).as(run::toString).isEqualTo("ROLLED_BACK");
    assertThat(run.outcome("reason").toString())
        .contains("the main class comes from another release", ReleaseBuilder.JAR);
    assertThat(run.exitCode()).isNotZero();
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(bed.status()).containsEntry("running", "c1").containsEntry("proven", "c1");
  }
}
