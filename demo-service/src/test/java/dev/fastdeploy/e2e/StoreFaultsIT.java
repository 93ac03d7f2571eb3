package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.e2e.UnreliableS3.Mood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that does not do what it should, in the middle of a deploy: either the deploy gets
 * through all the same, or it ends in time with the reason, the service goes on, and the next
 * deploy works.
 */
@Timeout(240)
class StoreFaultsIT {

  /** By default a store that hangs has two minutes: 30 s for each of four requests. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(55);

  @TempDir Path folder;
  private TestBed bed;
  private UnreliableS3 store;

  private void startServing(int turn) throws Exception {
    bed = new TestBed(Jdks.byTurns(turn), folder);
    publish("c2");
    publish("c3");
    store = new UnreliableS3(bed.store());
    LauncherProcess.Builder launcher =
        bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--store-timeout", "1s");
    store.use(launcher);
    bed.startServing(launcher, "c1");
  }

  private void publish(String commit) throws Exception {
    Path release = bed.demoRelease(commit);
    byte[] incompressible = new byte[100_000];
    new Random(4).nextBytes(incompressible);
    Files.write(release.resolve("data"), incompressible);
    bed.publish(release, commit);
  }

  @AfterEach
  void end() {
    bed.close();
    store.close();
  }

  @Test
  void aStoreThatHangsOrTricklesIsGivenUp() throws Exception {
    startServing(0);

    assertFails("c2", "c1", Mood.HANGING, "the service cannot be reached (");
    assertDeploys("c2", Mood.WELL);
    assertFails("c3", "c2", Mood.TRICKLING, " bytes came in ");
    assertDeploys("c3", Mood.WELL);
  }

  @Test
  @Tag("wide")
  void aStoreThatIsOverloadedOrCutsOffIsGivenUp() throws Exception {
    startServing(1);

    assertFails("c2", "c1", Mood.OVERLOADED, "the service still asks to slow down");
    assertDeploys("c2", Mood.WELL);
    assertFails("c3", "c2", Mood.TRUNCATING, "the archive of 'c3' could not be fetched from");
    assertDeploys("c3", Mood.WELL);
  }

  @Test
  void aStoreThatIsSlowOrOverloadedForAWhileIsWaitedFor() throws Exception {
    startServing(0);

    assertDeploys("c2", Mood.SLOWLY);
    assertDeploys("c3", Mood.OVERLOADED_AT_FIRST);

    assertThat(store.refusals()).isEqualTo(2);
  }

  /** The store's patience is 1 s here, and a request is tried four times. */
  private void assertFails(String commit, String running, Mood mood, String reason)
      throws Exception {
    store.be(mood);
    long begun = System.nanoTime();

    DeployRun run = bed.deploy(commit);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(GIVEN_UP);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("FAILED");
    assertThat(run.outcome("reason").toString())
        .contains(reason)
        .contains("s3://" + UnreliableS3.BUCKET)
        .doesNotContain("\n");
    assertUntouched(commit, running);
  }

  private void assertUntouched(String commit, String running) throws Exception {
    assertThat(bed.servedCommit()).isEqualTo(running);
    assertThat(bed.status())
        .containsEntry("state", "READY")
        .containsEntry("running", running)
        .containsEntry("pending", "")
        .containsEntry("deploysRefusedBecause", "");
    try (Stream<Path> entries = Files.list(bed.ownHome().resolve("releases"))) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .contains(running)
          .doesNotContain(commit)
          .noneMatch(name -> name.startsWith("."));
    }
  }

  private void assertDeploys(String commit, Mood mood) throws Exception {
    store.be(mood);
    DeployRun run = bed.deploy(commit);
    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    assertThat(bed.servedCommit()).isEqualTo(commit);
  }
}
