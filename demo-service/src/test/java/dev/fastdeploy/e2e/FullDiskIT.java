package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The home's volume is full when a deploy wants to write: the deploy says so in one line, the
 * service goes on, and once there is room the next deploy works.
 */
@Timeout(120)
class FullDiskIT {

  private static final int MEGABYTE = 1 << 20;

  /** The libraries lie elsewhere, so that the home may be small. */
  @TempDir Path folder;

  private TestBed bed;
  private Mount volume;

  private void makeBed(Jdk jdk, String options) throws Exception {
    Path payload = folder.resolve("payload");
    bed = new TestBed(jdk, folder, Map.of("FASTDEPLOY_PAYLOAD_DIR", payload.toString()));
    volume = Mount.tmpfs(bed.home(), options);
  }

  @AfterEach
  void takeAway() throws Exception {
    if (volume != null) {
      bed.close();
      volume.close();
    }
  }

  /** The file system has bytes to spare and no room for more files: that is found out half-way. */
  @Test
  @Tag("wide")
  void aReleaseThatCannotBeWrittenToItsEndLeavesNothing() throws Exception {
    makeBed(Jdks.byTurns(1), "size=8m,nr_inodes=60");
    publish("c2", 1, 100);
    publish("c3", 1, 1);
    startServing("c1");

    DeployRun run = bed.deploy("c2");

    assertFailed(run, "the release of 'c2' could not be written to the home '" + bed.home() + "'");
    assertThat(run.outcome("reason").toString()).contains("No space left on device");
    assertUntouched();
    assertDeploys("c3");
  }

  @Test
  void aDeployThatDoesNotFitFailsAndOneThatCannotBeRecordedIsRefused() throws Exception {
    makeBed(Jdks.byTurns(0), "size=4m");
    publish("c2", 1, 1);
    publish("large", 3 * MEGABYTE, 1);
    startServing("c1");
    Path ballast = write(bed.home().resolve("ballast"), 2 * MEGABYTE);
    assertFailed(bed.deploy("large"), "bytes free, but fetching the archive of 'large' takes");
    assertUntouched();
    Files.delete(ballast);
    ballast = fill();

    DeployRun run = bed.deploy("c2");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("refusal")).as(run.toString()).isEqualTo("HOME_UNWRITABLE");
    assertThat(run.outcome("reason").toString())
        .contains("'" + state() + "' could not be written: No space left on device; make room");
    assertUntouched();
    Files.delete(ballast);
    assertDeploys("c2");
  }

  @Test
  @Tag("wide")
  void anActivationThatCannotBeRecordedFails() throws Exception {
    makeBed(Jdks.byTurns(1), "size=4m");
    publish("c2", 1, 1);
    bed.startServing(launcher("c1").option("--pre-drain", "2s"), "c1");
    Path ballast;
    try (ChildProcess deploy = startDeploy("c2")) {
      deploy.output().await(line -> line.contains("\"preDraining\""), TestBed.PATIENCE);
      ballast = fill();

      DeployRun run = DeployRun.of(deploy);

      assertFailed(run, "No space left on device");
      assertThat(run.outcome("reason").toString()).contains("could not be recorded");
    }
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(bed.status()).containsEntry("running", "c1").containsEntry("pending", "");
    assertThat(current()).isEqualTo("c1");
    Files.delete(ballast);
    assertDeploys("c2");
  }

  @Test
  void aWayBackIsGoneAndRecordedOnceThereIsRoom() throws Exception {
    makeBed(Jdks.byTurns(0), "size=4m");
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.DIES, 4_000)), "bad");
    publish("c2", 1, 1);
    LauncherProcess launcher = bed.startServing(launcher("c1").option("--soak", "20s"), "c1");
    try (ChildProcess deploy = startDeploy("bad")) {
      bed.awaitServing("bad", launcher);
      Path ballast = fill();

      awaitSaid(launcher, "the release c1 is started again");
      bed.awaitServing("c1", launcher);
      assertThat(current()).isEqualTo("c1");
      CommandResult fromFiles = bed.run("status", "--home", bed.home());
      assertThat(fromFiles.exitCode()).as(fromFiles.toString()).isZero();
      assertThat(launcher.output().stderr())
          .filteredOn(line -> line.contains(state() + "' could not be written: No space left"))
          .as("not one for each try; a page that became free may take one record and no other")
          .hasSizeBetween(1, 2);

      Files.delete(ballast);
      DeployRun run = DeployRun.of(deploy);
      assertThat(run.outcome("result")).as(run.toString()).isEqualTo("ROLLED_BACK");
      assertThat(run.outcome("reason").toString())
          .as("the launcher's record, or the agent's, whoever finds room first")
          .containsAnyOf("it ended with code 3", "the activation broke off");
    }
    assertThat(((Map<?, ?>) bed.status().get("refused")).keySet().toString()).isEqualTo("[bad]");
    bed.lastLauncher().close();
    bed.startServing(bed.demoLauncher(folder("c1"), "c1"), "c1");
    assertDeploys("c2");
  }

  @Test
  void aContainerThatStartsOnAFullVolumeServesAndTakesDeploysOnceThereIsRoom() throws Exception {
    makeBed(Jdks.byTurns(1), "size=4m");
    publish("c2", 1, 1);
    Path ballast = fill();
    LauncherProcess launcher = startServing("c1");

    assertThat(launcher.output().stderr())
        .filteredOn(line -> line.contains(state() + "' could not be written: No space left"))
        .as("one line")
        .hasSize(1);
    DeployRun run = bed.deploy("c2");
    assertThat(run.outcome("refusal")).as(run.toString()).isEqualTo("HOME_UNWRITABLE");
    assertThat(bed.servedCommit()).isEqualTo("c1");

    Files.delete(ballast);
    assertDeploys("c2");
  }

  private LauncherProcess.Builder launcher(String commit) throws IOException {
    return bed.demoLauncher(bed.demoRelease(commit), commit);
  }

  private LauncherProcess startServing(String commit) throws IOException {
    return bed.startServing(launcher(commit), commit);
  }

  /** A release of the demo service with files that do not compress. */
  private void publish(String commit, int bytes, int files) throws Exception {
    Path release = bed.demoRelease(commit);
    for (int i = 0; i < files; i++) {
      write(release.resolve("file-" + i), bytes);
    }
    bed.publish(release, commit);
  }

  private static Path write(Path file, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(file, content);
  }

  /** Takes all the room that there is. */
  private Path fill() throws IOException {
    Path ballast = bed.home().resolve("ballast");
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    return ballast;
  }

  private ChildProcess startDeploy(String commit) throws IOException {
    return bed.startDeploy(commit);
  }

  private static void assertFailed(DeployRun run, String reason) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("FAILED");
    assertThat(run.outcome("reason").toString()).contains(reason).doesNotContain("\n");
  }

  private void assertUntouched() throws Exception {
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(bed.status()).containsEntry("running", "c1").containsEntry("pending", "");
    assertThat(current()).isEqualTo("c1");
    try (Stream<Path> entries = Files.list(bed.ownHome().resolve("releases"))) {
      assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactly("c1");
    }
  }

  private void assertDeploys(String commit) throws Exception {
    DeployRun run = bed.deploy(commit);
    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    assertThat(bed.servedCommit()).isEqualTo(commit);
  }

  private String current() throws IOException {
    return Files.readSymbolicLink(bed.ownHome().resolve("current")).getFileName().toString();
  }

  private Path state() {
    return bed.ownHome().resolve("state/state");
  }

  private Path folder(String name) {
    return bed.home().getParent().resolve("built").resolve(name);
  }

  private static void awaitSaid(LauncherProcess launcher, String words) throws Exception {
    assertThat(launcher.output().await(line -> line.contains(words), TestBed.PATIENCE))
        .as(words)
        .isPresent();
  }
}
