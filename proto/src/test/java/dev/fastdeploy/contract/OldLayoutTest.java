package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home that an earlier version laid out, directly in the directory that the user names. */
class OldLayoutTest {

  private static final Commit IMAGE = new Commit("image");
  private static final Commit NEXT = new Commit("next");
  private static final List<String> ORDER =
      List.of("payload", "releases", "current", "run", "state");

  @TempDir Path directory;
  private Path given;
  private Home home;

  @BeforeEach
  void layOutAsBefore() throws IOException {
    given = directory.resolve("home");
    Home before = new Home(directory.resolve("elsewhere"));
    before.create();
    Path image = Files.createDirectory(directory.resolve("image"));
    before.linkImage(IMAGE, image);
    before.change(state -> state.withNewImage(IMAGE));
    Files.writeString(before.newStagingDirectory().resolve("half"), "");
    Path staged = before.newStagingDirectory();
    Files.writeString(staged.resolve("file"), "next");
    before.publish(staged, NEXT);
    before.activate(
        new PendingActivation(new DeployId("d1"), 1, IMAGE, NEXT, "process", false, Map.of()));
    before.change(state -> state.withPendingProven(1));
    Files.createDirectories(before.payload().resolve("libraries"));
    Files.writeString(before.launcherFacts(), "pid=1\n");
    Files.move(before.root(), given);
    home = new Home(given);
  }

  @Test
  void isMovedOnceWithAllThatItHolds() throws IOException {
    lockAndRelease();

    assertMoved();
    assertThat(home.payload().resolve("libraries")).exists();
    assertThat(home.launcherFacts()).exists();
    try (var left = Files.list(given)) {
      assertThat(left).containsExactly(home.root());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void isMovedOnAfterAKillBetweenAnyTwoSteps(int done) throws IOException {
    Files.createDirectory(
        home.root(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (String name : ORDER.subList(0, done)) {
      Files.move(given.resolve(name), home.root().resolve(name));
    }

    assertThat(home.state().lastProven()).as("before the rest is moved").contains(NEXT);
    assertThat(home.release(NEXT)).as("before the rest is moved").isPresent();
    lockAndRelease();

    assertMoved();
  }

  @Test
  void whatACommandUnpackedBeforeIsNoObstacle() throws IOException {
    home.createRoot();
    Files.createDirectories(home.payload().resolve("newer"));

    lockAndRelease();

    assertMoved();
    assertThat(home.payload().resolve("newer")).exists();
  }

  @Test
  void emptyDirectoriesAreNoObstacle() throws IOException {
    home.create();

    lockAndRelease();

    assertMoved();
  }

  @Test
  void isMovedWhereAnInterruptedStagingTookAllTheRoom() throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "nr_inodes=60", "none", volume.toString()))
        .as("mounting takes root")
        .isTrue();
    try {
      assertThat(run("cp", "-a", given + "/.", volume.toString())).isTrue();
      Path half = Files.createDirectory(volume.resolve("releases/.staging-half"));
      assertThatThrownBy(() -> fill(half)).hasMessageContaining("No space left");
      home = new Home(volume);

      lockAndRelease();

      assertThat(home.state().lastProven()).contains(NEXT);
      assertThat(home.release(NEXT).orElseThrow().directory()).startsWith(home.root());
      assertThat(half).doesNotExist();
    } finally {
      run("umount", volume.toString());
    }
  }

  private static void fill(Path directory) throws IOException {
    for (int i = 0; ; i++) {
      Files.createFile(directory.resolve("file-" + i));
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void itIsNotMovedUnderALauncherOfAnEarlierVersion() throws Exception {
    Files.createFile(given.resolve("run/lock"));
    Process holder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                given.resolve("run/lock").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('.');

      assertThat(home.lockForLauncher()).isEmpty();
      assertThat(given.resolve("state/state")).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }

    lockAndRelease();

    assertMoved();
  }

  @Test
  void onceMovedNothingIsTakenOverAgain() throws IOException {
    lockAndRelease();
    Path planted = Files.createDirectories(given.resolve("releases/next"));
    Files.writeString(planted.resolve("file"), "planted");
    Files.createDirectory(given.resolve("state"));
    Files.writeString(given.resolve("state/state"), "version=1\nsequence=9\nproven.000=planted\n");

    lockAndRelease();

    assertMoved();
    assertThat(planted.resolve("file")).hasContent("planted");
  }

  @Test
  void directoriesOfTheSameNamesThatAreNoHomeStay() throws IOException {
    Files.delete(given.resolve("state/state"));

    lockAndRelease();

    assertThat(given.resolve("releases/next/file")).exists();
    assertThat(given.resolve("run")).exists();
    assertThat(home.state()).isEqualTo(HomeState.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
  void whatOthersCanWriteIsNotTakenOver(String mode) throws IOException {
    Files.setPosixFilePermissions(given.resolve("releases"), PosixFilePermissions.fromString(mode));

    lockAndRelease();

    assertThat(home.state().lastProven()).contains(NEXT);
    assertThat(home.release(NEXT)).isEmpty();
  }

  @Test
  void aLinkIsNotTakenOver() throws IOException {
    Files.move(given.resolve("releases"), directory.resolve("aside"));
    Files.createSymbolicLink(given.resolve("releases"), directory.resolve("aside"));

    lockAndRelease();

    assertThat(home.release(NEXT)).isEmpty();
  }

  private void lockAndRelease() throws IOException {
    FileLock lock = home.lockForLauncher().orElseThrow();
    lock.acquiredBy().close();
    home.create();
  }

  private void assertMoved() throws IOException {
    assertThat(home.state().lastProven()).contains(NEXT);
    assertThat(home.release(NEXT).orElseThrow().directory())
        .isEqualTo(home.root().toRealPath().resolve("releases/next"));
    assertThat(home.release(NEXT).orElseThrow().directory().resolve("file")).hasContent("next");
    assertThat(home.current().toRealPath().getFileName()).hasToString("next");
    assertThat(Files.exists(given.resolve("current"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  /** Holds a lock until it is killed. */
  static final class Holder {

    public static void main(String[] arguments) throws Exception {
      FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
      FileLock lock = channel.lock();
      System.out.print('.');
      System.out.flush();
      while (lock.isValid()) {
        Thread.sleep(1000);
      }
    }
  }
}
