package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

  private static final Commit IMAGE = new Commit("image");
  private static final Commit NEXT = new Commit("next");

  @TempDir Path directory;
  private Home home;
  private Path imageDirectory;

  @BeforeEach
  void makeHome() throws IOException {
    home = new Home(directory.resolve("home"));
    home.create();
    imageDirectory = Files.createDirectory(directory.resolve("app"));
    Files.writeString(imageDirectory.resolve("file"), "image");
  }

  @Test
  void onlyItsOwnerMayEnter() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
        .isEqualTo("rwx------");
  }

  @Test
  void aStagingThatWasGivenUpGetsNoName() throws IOException {
    Path staging = home.newStagingDirectory();
    Path tree = Files.createDirectory(staging.resolve("release"));
    Files.writeString(tree.resolve("half"), "of a release");
    Path others = Files.createDirectory(staging.resolveSibling(".staging-1-0-2"));

    home.removeStagingOf(ProcessHandle.current().pid());

    assertThat(staging).doesNotExist();
    assertThat(others).exists();
    assertThatThrownBy(() -> home.publish(tree, NEXT)).isInstanceOf(IOException.class);
    assertThat(home.release(NEXT)).isEmpty();
    home.removeLeftovers();
    try (Stream<Path> left = Files.list(staging.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void itsIdentityIsMadeOnceAndItsOwnersAlone() throws IOException {
    String identity = home.identity();

    assertThat(identity).matches("[0-9a-f]{32}");
    assertThat(home.identity()).isEqualTo(identity);
    assertThat(new Home(directory.resolve("home")).identity()).isEqualTo(identity);
    Path file = home.root().resolve("state/identity");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Home another = new Home(directory.resolve("another"));
    another.create();
    assertThat(another.identity()).isNotEqualTo(identity);
  }

  @Test
  void allWhoAskForTheIdentityAtOnceGetTheSame() {
    List<String> identities =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return new Home(directory.resolve("home")).identity();
                  } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                  }
                })
            .distinct()
            .toList();

    assertThat(identities).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123", "not hex at all, but as long as x", "\n"})
  void anIdentityThatIsNoneIsMadeAnew(String content) throws IOException {
    Path state = home.root().resolve("state");
    Files.writeString(state.resolve("identity"), content);
    Files.writeString(state.resolve(".identity.new"), "left by a kill");

    String identity = home.identity();

    assertThat(identity).matches("[0-9a-f]{32}");
    assertThat(home.identity()).isEqualTo(identity);
    assertThat(state.resolve(".identity.new")).doesNotExist();
  }

  @Test
  void whereNothingCanBeWrittenThereIsNoIdentity() throws IOException {
    DurableFiles.deleteTree(home.root().resolve("state"));

    assertThatThrownBy(home::identity).isInstanceOf(IOException.class);
  }

  @Test
  void theImageReleaseIsLinkedAndNotMoved() throws IOException {
    Release release = home.linkImage(IMAGE, imageDirectory);

    assertThat(release.directory()).isEqualTo(imageDirectory.toRealPath());
    assertThat(home.release(IMAGE)).contains(release);
    assertThat(imageDirectory.resolve("file")).exists();
  }

  @Test
  void anImageOfACommitThatWasDeployedBeforeReplacesItsFiles() throws IOException {
    stage(IMAGE, "deployed");

    Release release = home.linkImage(IMAGE, imageDirectory);

    assertThat(release.directory().resolve("file")).hasContent("image");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void theLinkOfAnEarlierImageIsRemovedForItNowLeadsToOtherCode() throws IOException {
    home.linkImage(IMAGE, imageDirectory);
    home.linkImage(NEXT, imageDirectory);

    assertThat(home.release(IMAGE)).isEmpty();
    assertThat(home.staged()).containsExactly(NEXT);
    assertThat(stage(IMAGE, "old").directory().resolve("file")).hasContent("old");
  }

  @Test
  void aPublishedReleaseIsComplete() throws IOException {
    Release release = stage(NEXT, "content");

    assertThat(release.directory()).isEqualTo(home.root().resolve("releases/next").toRealPath());
    assertThat(release.directory().resolve("file")).hasContent("content");
    assertThat(home.staged()).containsExactly(NEXT);
  }

  @Test
  void aDirectoryWhoseNameIsNoCommitsIsNoRelease() throws IOException {
    stage(NEXT, "content");
    Files.createDirectory(home.root().resolve("releases/lost+found"));
    Files.createDirectory(home.root().resolve("releases/.hidden"));

    assertThat(home.staged()).containsExactly(NEXT);
    home.cleanUp(0, List.of());
    assertThat(home.root().resolve("releases/lost+found")).exists();
  }

  @Test
  void aReleaseIsNeverReplaced() throws IOException {
    stage(NEXT, "first");

    assertThatThrownBy(() -> stage(NEXT, "second")).hasMessageContaining("is there already");
    assertThat(home.release(NEXT).orElseThrow().directory().resolve("file")).hasContent("first");
  }

  @Test
  void activationIsRecordedAndCurrentSwitched() throws IOException {
    stage(NEXT, "content");
    home.activate(activation());

    assertThat(home.state().pending()).isEqualTo(activation());
    assertThat(home.state().lastSequence()).isEqualTo(7);
    assertThat(Files.readSymbolicLink(home.current())).isEqualTo(Path.of("releases/next"));
  }

  @Test
  void activatingWhatIsNotThereChangesNothing() throws IOException {
    home.linkImage(IMAGE, imageDirectory);
    home.pointCurrentTo(IMAGE);

    assertThatThrownBy(() -> home.activate(activation()))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("stage it");
    assertThat(home.state()).isEqualTo(HomeState.EMPTY);
    assertThat(home.current().toRealPath()).isEqualTo(imageDirectory.toRealPath());
  }

  @Test
  void leftoversAreRemovedAndReleasesStay() throws IOException {
    stage(NEXT, "content");
    Files.writeString(home.newStagingDirectory().resolve("half"), "x");

    home.removeLeftovers();

    assertThat(leftovers()).isEmpty();
    assertThat(home.staged()).containsExactly(NEXT);
  }

  @Test
  void theOldestReleasesThatNothingNeedsAreRemoved() throws Exception {
    home.linkImage(IMAGE, imageDirectory);
    for (String id : List.of("c1", "c2", "c3", "c4")) {
      Release release = stage(new Commit(id), id);
      // Old archives carry old times; what counts is when they came here.
      Files.setLastModifiedTime(release.directory(), FileTime.fromMillis(1000));
      waitForTheNextTick(release.directory());
    }

    List<Commit> removed = home.cleanUp(1, List.of(IMAGE, new Commit("c1")));

    assertThat(removed).containsExactlyInAnyOrder(new Commit("c2"), new Commit("c3"));
    assertThat(home.staged())
        .containsExactly(new Commit("c1"), new Commit("c4"), new Commit("image"));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void releasesWithoutWritePermissionAreRemovedToo() throws IOException {
    Path staging = home.newStagingDirectory();
    Path closed = Files.createDirectory(staging.resolve("closed"));
    Files.writeString(closed.resolve("file"), "x");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    home.publish(staging, NEXT);

    home.cleanUp(0, List.of());

    assertThat(home.staged()).isEmpty();
  }

  @Test
  void aStateThatIsNoneFailsOrIsPutAside() throws IOException {
    Path state = home.root().resolve("state/state");
    Files.writeString(state, "garbage");

    assertThatThrownBy(() -> home.state()).hasMessageContaining(state.toString());
    assertThat(home.state(Home.ReadState.PUT_ASIDE)).isEqualTo(HomeState.EMPTY);
    assertThat(home.root().resolve("state/state.unreadable")).hasContent("garbage");
    assertThat(home.state()).isEqualTo(HomeState.EMPTY);
  }

  @Test
  void changesOfManyThreadsAreAllKept() throws Exception {
    List<Thread> threads =
        Stream.iterate(1, i -> i <= 8, i -> i + 1)
            .map(i -> new Thread(() -> addOutcome(i), "changer-" + i))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(home.state().outcomes()).hasSize(8);
  }

  private void addOutcome(int i) {
    try {
      home.change(
          state ->
              state.withOutcome(
                  new DeployOutcome(
                      new DeployId("d" + i),
                      i,
                      NEXT,
                      null,
                      DeployResult.FAILED,
                      "reason",
                      null,
                      List.of(),
                      Map.of())));
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private Release stage(Commit commit, String content) throws IOException {
    Path staging = home.newStagingDirectory();
    Files.writeString(staging.resolve("file"), content);
    try {
      return home.publish(staging, commit);
    } finally {
      DurableFiles.deleteTree(staging);
    }
  }

  private static PendingActivation activation() {
    return new PendingActivation(new DeployId("d1"), 7, IMAGE, NEXT, "process", false, Map.of());
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> entries = Files.list(home.root().resolve("releases"))) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".")).toList();
    }
  }

  /** Two inodes changed in one tick of the kernel's clock have no order. */
  private static void waitForTheNextTick(Path directory) throws IOException {
    Object changed = Files.getAttribute(directory, "unix:ctime");
    Path probe = Files.createTempFile("tick", null);
    try {
      org.awaitility.Awaitility.await()
          .until(
              () -> {
                Files.writeString(probe, "x");
                return !Files.getAttribute(probe, "unix:ctime").equals(changed);
              });
    } finally {
      Files.delete(probe);
    }
  }
}
