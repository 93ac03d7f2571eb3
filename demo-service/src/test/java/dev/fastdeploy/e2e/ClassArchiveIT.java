package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.release.ReleaseBuilder;
import dev.fastdeploy.demo.traffic.Fate;
import dev.fastdeploy.demo.traffic.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A release that was trained starts from its archive, on each JDK in that JDK's way. */
@Timeout(300)
class ClassArchiveIT extends OnEachJdk {

  private Training training;

  @BeforeEach
  void prepare() {
    training = new Training(bed, jdk, folder);
  }

  @Test
  void whatWasTrainedStartsFromItsArchiveAndLosesNobody() throws Exception {
    String published = training.publish(bed.demoRelease("c2"), "c2").stdout().toString();
    assertThat(published).contains("with a class-data archive of", "2 requests");
    training.publish(bed.demoRelease("c3"), "c3");
    LauncherProcess launcher =
        bed.startServing(
            bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--hold-connections", "60s"),
            "c1");
    assertThat(bed.status().get("noClassArchiveBecause").toString()).contains("publish --train");

    try (Traffic traffic = new Traffic(List.of(bed.port()), 100)) {
      traffic.start();
      assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
      assertStartedFromArchive("c2");
      // From a process whose classes were all there before the agent.
      assertThat(bed.deploy("c3").outcome("result")).isEqualTo("PROVEN");
      assertStartedFromArchive("c3");
      traffic.stop();
      assertThat(traffic.results()).allMatch(result -> result.fate() == Fate.SERVED);
    }
    assertThat(launcher.output().stdout())
        .as("what a JVM has to say of archives is not the service's output")
        .noneMatch(line -> line.contains("[warning]") || line.contains("[error]"));
  }

  private void assertStartedFromArchive(String commit) throws Exception {
    Map<String, Object> status = bed.status();
    assertThat(status).containsEntry("running", commit).doesNotContainKey("noClassArchiveBecause");
    assertThat(status.get("classArchive").toString())
        .startsWith(Training.archiveName(jdk))
        .endsWith(jdk.feature() < 25 ? ".jsa" : ".aot");
    assertThat(status.get("classes"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("fromElsewhere", 0)
        .hasEntrySatisfying(
            "mainClassLocation",
            place -> assertThat(place.toString()).contains("/releases/" + commit + "/"));
  }

  /** The end of such a JVM is not its release's fault. */
  @Test
  void aJvmThatEndsWithItsArchiveIsStartedOnceMoreWithoutIt() throws Exception {
    Path java = javaThatBearsNoArchive();
    training.publishWithArchive(bed.demoRelease("c2"), "c2", new byte[10_000]);
    bed.startServing(
        bed.launcher(bed.demoRelease("c1"), "c1")
            .option("--ready", "http:" + bed.port() + "/health")
            .command(
                List.of(
                    java.toString(),
                    "-cp",
                    ReleaseBuilder.JAR,
                    ReleaseBuilder.MAIN_CLASS,
                    "--port",
                    "" + bed.port())),
        "c1");

    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");

    assertThat(bed.status().get("noClassArchiveBecause").toString())
        .contains("the JVM rejected " + Training.archiveName(jdk), " before");
    assertThat(bed.lastLauncher().output().stderr())
        .filteredOn(line -> line.contains("it is started once more without it"))
        .singleElement()
        .asString()
        .contains("ended with code 134", Training.archiveName(jdk));
  }

  private Path javaThatBearsNoArchive() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("fragile/bin"));
    Files.copy(jdk.home().resolve("release"), bin.resolveSibling("release"));
    String script =
        "#!/bin/sh\ncase \"$*\" in *-XX:SharedArchiveFile=*|*-XX:AOTCache=*) exit 134;; esac\n"
            + "exec '"
            + jdk.java()
            + "' \"$@\"\n";
    Path java = Files.writeString(bin.resolve("java"), script);
    return Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Other strategies change classes that came from an archive. */
  @Test
  @Tag("wide")
  void theOtherStrategiesWorkWithAnArchive() throws Exception {
    training.publish(bed.demoRelease("c2"), "c2");
    training.publish(bed.demoRelease("c3"), "c3");
    training.publish(bed.demoRelease("c4"), "c4");
    String strategies = jdk.feature() < 25 ? "process,module,redefine" : "process,redefine";
    bed.startServing(
        bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--strategies", strategies), "c1");
    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
    assertStartedFromArchive("c2");
    Object pid = bed.status().get("pid");

    deployBy("redefine", "c3");
    if (jdk.feature() < 25) {
      deployBy("module", "c4");
    }

    assertThat(bed.status()).containsEntry("pid", pid);
  }

  private void deployBy(String strategy, String commit) throws Exception {
    DeployRun run = bed.deploy(commit, "--strategy", strategy);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo(commit);
  }
}
