package dev.fastdeploy.launcher.supervisor.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.Diagnostics;
import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasesTest {

  private static final Commit IMAGE = new Commit("image");
  private static final Commit NEXT = new Commit("next");

  @TempDir Path folder;
  private Path imageDirectory;
  private Home home;
  private Releases releases;

  @BeforeEach
  void open() throws IOException {
    imageDirectory = Files.createDirectory(folder.resolve("app"));
    home = new Home(folder.resolve("home"));
    releases = Releases.open(home, IMAGE, imageDirectory);
    releases.atStart();
  }

  @Test
  void theImagesReleaseStartsAHomeThatHasSeenNothing() throws IOException {
    assertThat(home.state().lastProven()).contains(IMAGE);
    assertThat(home.current().toRealPath()).isEqualTo(releases.image().directory());
  }

  @Test
  void whatIsPendingIsStartedAfterAReload() throws IOException {
    Release next = activateNext();

    assertThat(releases.afterReload()).isEqualTo(next);
    assertThat(releases.pending()).contains(NEXT);
  }

  @Test
  void whatWasNeverProvenIsGivenUpAtTheNextStart() throws IOException {
    activateNext();

    assertThat(releases.atStart()).isEqualTo(releases.image());
    assertThat(home.current().toRealPath()).isEqualTo(releases.image().directory());
    assertThat(home.state().refused()).isEmpty();
    assertThat(home.state().outcomes().get(0).result()).isEqualTo(DeployResult.ROLLED_BACK);
  }

  @Test
  void aPendingReleaseThatIsGoneIsRolledBack() throws IOException {
    activateNext();
    home.cleanUp(0, List.of());

    assertThat(releases.afterReload()).isEqualTo(releases.image());
    assertThat(home.state().refused()).containsOnlyKeys(NEXT);
  }

  @Test
  void aVerdictThatIsWrittenLateIsNotTakenForAnotherReleases() throws IOException {
    activateNext();
    // A directory in the lock's place cannot be locked, not even by root; reading goes on.
    Path lock = home.root().resolve("state/lock");
    Files.delete(lock);
    Files.createDirectory(lock);
    releases.rollBack("it ended", 1, List.of());
    assertThat(releases.hasUnwritten()).isTrue();
    Files.delete(lock);
    home.change(
        state ->
            state
                .withPendingGivenUp("the activation broke off")
                .withPending(
                    new PendingActivation(
                        new DeployId("d2"), 2, IMAGE, NEXT, "process", false, Map.of())));

    assertThat(releases.writeUnwritten()).isTrue();

    assertThat(home.state().refused()).isEmpty();
    assertThat(releases.pending()).contains(NEXT);
  }

  @Test
  void aVerdictThatCannotBeWrittenIsKeptAndWrittenLater() throws IOException {
    activateNext();
    // A directory in the state's place cannot be replaced by a file, not even by root.
    Path state = home.root().resolve("state/state");
    Path aside = folder.resolve("aside");
    Files.move(state, aside);
    Files.createDirectories(state.resolve("in-the-way"));

    releases.proven();
    assertThat(releases.hasUnwritten()).isTrue();
    assertThat(releases.writeUnwritten()).isFalse();

    Files.delete(state.resolve("in-the-way"));
    Files.delete(state);
    Files.move(aside, state);
    assertThat(releases.writeUnwritten()).isTrue();
    assertThat(releases.hasUnwritten()).isFalse();
    assertThat(home.state().lastProven()).contains(NEXT);
  }

  @Test
  void whatCannotBeWrittenIsSaidOnceHoweverOftenItIsTried() throws IOException {
    activateNext();
    Path lock = home.root().resolve("state/lock");
    List<String> said = new CopyOnWriteArrayList<>();
    Consumer<String> speaker = Diagnostics.sayBy(said::add);
    try {
      for (int outage = 1; outage <= 2; outage++) {
        Files.delete(lock);
        Files.createDirectory(lock);
        releases.proven();
        releases.restored(NEXT);
        releases.writeUnwritten();

        assertThat(said).hasSize(outage);
        Files.delete(lock);
        assertThat(releases.writeUnwritten()).isTrue();
      }
    } finally {
      Diagnostics.sayBy(speaker);
    }
  }

  @Test
  void whatIsNotWrittenYetCountsAlready() throws IOException {
    Release next = activateNext();
    Path state = home.root().resolve("state/state");
    byte[] before = Files.readAllBytes(state);
    Path lock = home.root().resolve("state/lock");
    Files.delete(lock);
    Files.createDirectory(lock);

    releases.rollBack("it ended", 3, List.of());

    assertThat(Files.readAllBytes(state)).isEqualTo(before);
    assertThat(releases.pending()).isEmpty();
    assertThat(releases.afterReload()).isEqualTo(releases.image()).isNotEqualTo(next);
  }

  @Test
  void ofAHomeThatIsAnotherUsersNothingIsServed() throws IOException {
    proveNext();
    releases.close();
    Files.setPosixFilePermissions(home.root(), PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> said = new ArrayList<>();

    try (Releases foreign = saying(said, () -> Releases.open(home, IMAGE, imageDirectory))) {
      assertThat(foreign.writable()).isFalse();
      assertThat(foreign.atStart()).isEqualTo(foreign.image());
    }

    assertThat(said)
        .containsExactly(
            "fastdeploy: the home '"
                + home.given()
                + "' is not used ('"
                + home.root()
                + "' can be written by other users (mode 777); remove it, or name another directory"
                + " with --home); the image release is served and deploys are refused");
  }

  @Test
  void aHomeThatIsExchangedWhileTheLauncherRunsServesNothingMore() throws IOException {
    Release next = proveNext();
    assertThat(releases.lost()).isFalse();
    releases.requireOurs(next);

    Files.move(home.root(), folder.resolve("taken"));
    Files.createSymbolicLink(home.root(), folder.resolve("taken"));

    assertThat(releases.lost()).isTrue();
    assertThatThrownBy(() -> releases.requireOurs(next)).hasMessageContaining("is a link");
    releases.requireOurs(releases.image());
    assertThat(saying(new ArrayList<>(), releases::afterReload)).isEqualTo(releases.image());
  }

  /** As on a volume that has no room, or is read-only, since the layout became another. */
  @Test
  void whatWasProvenIsStartedFromALayoutThatCouldNotBeMoved() throws IOException {
    proveNext();
    Path old = folder.resolve("old");
    Files.move(home.root(), old);
    try (Stream<Path> parts = Files.list(old)) {
      for (Path part : parts.toList()) {
        Files.move(part, home.given().resolve(part.getFileName()));
      }
    }

    Release next = home.release(NEXT).orElseThrow();

    releases.requireOurs(next);
    DurableFiles.deleteTree(next.directory());
    assertThatThrownBy(() -> releases.requireOurs(next)).hasMessageContaining("no longer in");
  }

  /**
   * Leftovers of a staging have used up the inodes: nothing could be created, and the launcher has
   * ended at each start.
   */
  @Test
  void leftoversThatUsedUpTheInodesAreClearedFirst() throws Exception {
    Path volume = Files.createDirectory(folder.resolve("volume"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "nr_inodes=60", "none", volume.toString()))
        .as("needs to mount")
        .isZero();
    try {
      Home small = new Home(volume);
      Releases.open(small, IMAGE, imageDirectory).close();
      Files.delete(small.run().resolve("lock"));
      Path staging = small.newStagingDirectory();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  Files.createFile(staging.resolve("f" + i));
                }
              })
          .hasMessageContaining("No space left on device");

      try (Releases again = Releases.open(small, IMAGE, imageDirectory)) {
        assertThat(again.writable()).isTrue();
      }
      assertThat(staging).doesNotExist();
    } finally {
      assertThat(run("umount", "-l", volume.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  /** A directory in the lock's place: not even root can open it to write. */
  @Test
  void whatWasProvenIsServedFromAHomeThatCannotBeWritten() throws IOException {
    Release next = proveNext();
    releases.close();
    Files.delete(home.run().resolve("lock"));
    Files.createDirectory(home.run().resolve("lock"));
    List<String> said = new ArrayList<>();

    try (Releases unwritable = saying(said, () -> Releases.open(home, IMAGE, imageDirectory))) {
      assertThat(unwritable.writable()).isFalse();
      assertThat(unwritable.atStart()).isEqualTo(next);
      assertThat(unwritable.afterReload()).isEqualTo(next);
    }

    assertThat(said)
        .singleElement()
        .asString()
        .endsWith("); the release next, which was proven last, is served and deploys are refused");
  }

  @Test
  void whatIsPendingInAHomeThatCannotBeWrittenIsNotStarted() throws IOException {
    activateNext();
    releases.close();
    Files.delete(home.run().resolve("lock"));
    Files.createDirectory(home.run().resolve("lock"));

    try (Releases unwritable =
        saying(new ArrayList<>(), () -> Releases.open(home, IMAGE, imageDirectory))) {
      assertThat(unwritable.atStart()).isEqualTo(unwritable.image());
      assertThat(unwritable.pending()).isEmpty();
      assertThat(unwritable.afterReload()).isEqualTo(unwritable.image());
    }
  }

  @Test
  void aNewImageWinsOverAHomeThatCannotBeWritten() throws IOException {
    proveNext();
    releases.close();
    Files.delete(home.run().resolve("lock"));
    Files.createDirectory(home.run().resolve("lock"));

    try (Releases unwritable =
        saying(new ArrayList<>(), () -> Releases.open(home, new Commit("newer"), imageDirectory))) {
      assertThat(unwritable.atStart()).isEqualTo(unwritable.image());
    }
  }

  private Release proveNext() throws IOException {
    Release next = activateNext();
    releases.proven();
    return next;
  }

  private interface Call<T> {
    T call() throws IOException;
  }

  private static <T> T saying(List<String> said, Call<T> call) throws IOException {
    Consumer<String> speaker = Diagnostics.sayBy(said::add);
    try {
      return call.call();
    } finally {
      Diagnostics.sayBy(speaker);
    }
  }

  private Release activateNext() throws IOException {
    Path staging = home.newStagingDirectory();
    Files.writeString(staging.resolve("file"), "next");
    Release next = home.publish(staging, NEXT);
    home.activate(
        new PendingActivation(new DeployId("d1"), 1, IMAGE, NEXT, "process", false, Map.of()));
    return next;
  }
}
