package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FastdeployCommand;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong with an archive, or with its making, costs time and nothing else. */
@Timeout(300)
class ArchiveFaultsIT extends OnOneJdk {

  private Training training;

  @BeforeEach
  void prepare() {
    training = new Training(bed, jdk, folder);
  }

  @Test
  void anArchiveThatTheJvmRejectsIsOfferedOnce() throws Exception {
    byte[] noise = new byte[100_000];
    new Random(12).nextBytes(noise);
    training.publishWithArchive(bed.demoRelease("c2"), "c2", noise);
    bed.publish(bed.demoRelease("c3"), "c3");
    LauncherProcess launcher =
        bed.startServing(bed.demoLauncher(bed.demoRelease("c1"), "c1"), "c1");

    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
    assertThat(bed.status().get("noClassArchiveBecause").toString()).contains("did not take");
    assertThat(launcher.output().stderr())
        .filteredOn(line -> line.contains("did not take the class-data archive"))
        .as("the JVM's own words are in brackets")
        .singleElement()
        .asString()
        .contains(" (", "magic");

    assertThat(bed.deploy("c3").outcome("result")).isEqualTo("PROVEN");
    assertThat(bed.deploy("c2").outcome("result")).isEqualTo("PROVEN");
    assertThat(bed.status().get("noClassArchiveBecause").toString()).contains("before");
  }

  @Test
  void aReleaseWithoutAnArchiveIsTakenBackWhereOneIsRequired() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    bed.startServing(
        bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--archive", "require"), "c1");

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).isEqualTo("ROLLED_BACK");
    assertThat(run.outcome("reason").toString()).contains("--archive require", "publish --train");
    bed.awaitServing("c1", bed.lastLauncher());
  }

  @Test
  void aServiceThatDoesNotComeUpIsNotPublished() throws Exception {
    Path release = bed.demoRelease(new ServiceRelease("bad", Fault.EXIT, 0));

    CommandResult result =
        bed.command().run(training.words(release, "bad", requests()), TestBed.PATIENCE);

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.stderr().toString()).contains("during its training", "is broken on purpose");
    assertThat(bed.store().resolve(TestBed.APP)).doesNotExist();
  }

  @Test
  void aKilledPublishLeavesNoServiceAndNoRelease() throws Exception {
    Path script = folder.resolve("forever");
    Files.writeString(script, "#!/bin/sh\nwhile kill -0 $PPID; do sleep 0.1; done\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    // What a killed process leaves in the temporary directory goes with the test's folder.
    FastdeployCommand command =
        new FastdeployCommand(
            jdk,
            List.of("-Djava.io.tmpdir=" + folder),
            BuildOutput.own().fastdeployJar(),
            Map.of());
    try (ChildProcess publish =
        command.start(training.words(bed.demoRelease("c2"), "c2", script))) {
      Awaitility.await("the service")
          .atMost(TestBed.PATIENCE)
          .until(() -> bed.servedCommit().equals("c2"));

      List<ProcessHandle> started = publish.descendants();
      assertThat(started).hasSizeGreaterThan(2);

      publish.signal(Signal.KILL);

      // The JVM writes its archive before it ends.
      Awaitility.await("the end of the service")
          .atMost(TestBed.PATIENCE)
          .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(bed.servedCommit()).isEmpty();
    }
    assertThat(bed.store().resolve(TestBed.APP)).doesNotExist();
  }

  private Path requests() throws Exception {
    return Files.writeString(
        folder.resolve("requests"), "http://127.0.0.1:" + bed.port() + "/health\n");
  }
}
