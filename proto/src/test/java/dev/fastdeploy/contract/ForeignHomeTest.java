package dev.fastdeploy.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The given directory may be anybody's; what lies in it is used only if it is ours. */
class ForeignHomeTest {

  private static final int NOBODY = 65534;

  @TempDir Path directory;
  private Path given;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    given = Files.createDirectory(directory.resolve("home"));
    Files.setPosixFilePermissions(given, PosixFilePermissions.fromString("rwxrwxrwx"));
    home = new Home(given);
  }

  @Test
  void theGivenDirectoryKeepsItsModeAndOursIsClosed() throws IOException {
    home.create();

    assertThat(mode(given)).isEqualTo("rwxrwxrwx");
    assertThat(mode(home.root())).isEqualTo("rwx------");
  }

  @Test
  void theGivenDirectoryMayBeAnybodys() throws IOException {
    assumeThat(CurrentUser.uid()).as("needs root").isEqualTo(CurrentUser.ROOT);
    Files.setAttribute(given, "unix:uid", NOBODY);

    home.create();

    assertThatCode(home::requireOurs).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"rwxr-xr-x", "rwxr-x---", "rwx--x--x"})
  void oursIsClosedAgainIfOthersCouldLookIntoIt(String mode) throws IOException {
    home.create();
    Files.setPosixFilePermissions(home.root(), PosixFilePermissions.fromString(mode));

    home.requireOurs();

    assertThat(mode(home.root())).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwxrwxrwx", "rwx----w-"})
  void itIsRefusedIfOthersCouldWriteToIt(String mode) throws IOException {
    home.create();
    Files.setPosixFilePermissions(home.root(), PosixFilePermissions.fromString(mode));

    assertRefused("can be written by other users (mode ");
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws IOException {
    Files.createSymbolicLink(home.root(), Files.createDirectory(directory.resolve("elsewhere")));
    assertRefused("is a link");

    Files.delete(home.root());
    Files.createSymbolicLink(home.root(), directory.resolve("nowhere"));
    assertRefused("is a link");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aFileIsRefused() throws IOException {
    Files.createFile(home.root());

    assertRefused("is not a directory");
  }

  @Test
  void whatIsAnotherUsersIsRefusedWhoeverAsks() throws IOException {
    assumeThat(CurrentUser.uid()).as("needs root").isEqualTo(CurrentUser.ROOT);
    home.create();
    Files.setAttribute(home.root(), "unix:uid", NOBODY);

    assertRefused("belongs to the user 65534, not to 0");
    // To look at it is another matter: root runs nothing from it then.
    assertThat(Home.toLookAt(given).state()).isEqualTo(HomeState.EMPTY);
  }

  /** As in the report: what another user put in the place of ours ran as root. */
  @Test
  void whatAnotherUserPutsInItsPlaceIsNotUsed() throws Exception {
    assumeThat(CurrentUser.uid()).as("needs root").isEqualTo(CurrentUser.ROOT);
    assumeThat(Files.isExecutable(Path.of("/usr/bin/setpriv"))).as("needs setpriv").isTrue();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    home.create();
    Path staged = home.newStagingDirectory();
    Files.writeString(staged.resolve("file"), "ours");
    Commit commit = new Commit("c2");
    home.publish(staged, commit);
    home.activate(
        new PendingActivation(new DeployId("d1"), 1, null, commit, "process", false, Map.of()));
    home.change(state -> state.withPendingProven(1));

    int code =
        asNobody(
            "cd "
                + given
                + " && mv fastdeploy taken && mkdir -m 700 -p fastdeploy/releases/evil"
                + " fastdeploy/state fastdeploy/run && echo evil > fastdeploy/releases/evil/file"
                + " && printf 'version=1\\nsequence=0\\nproven.000=evil\\n' > fastdeploy/state/state"
                + " && cp -r fastdeploy/* . && ln -s releases/evil current");

    assertThat(code).isZero();
    assertRefused("belongs to the user 65534, not to 0");

    // Neither is what lies there as an earlier version laid a home out.
    DurableFiles.deleteTree(home.root());
    home.lockForLauncher().orElseThrow().acquiredBy().close();
    home.create();
    assertThat(home.state()).isEqualTo(HomeState.EMPTY);
    assertThat(home.staged()).isEmpty();
    assertThat(Files.exists(home.current(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private void assertRefused(String reason) {
    Commit commit = new Commit("c2");
    assertForeign(home::requireOurs, reason);
    assertForeign(home::create, reason);
    assertForeign(home::createRoot, reason);
    assertForeign(home::lockForLauncher, reason);
    assertForeign(home::removeLeftovers, reason);
    assertForeign(home::state, reason);
    assertForeign(() -> home.change(state -> state.withNewImage(commit)), reason);
    assertForeign(() -> home.release(commit), reason);
    assertForeign(() -> home.pointCurrentTo(commit), reason);
    assertForeign(() -> home.linkImage(commit, directory), reason);
    assertForeign(home::newStagingDirectory, reason);
    assertForeign(() -> home.publish(directory, commit), reason);
  }

  private void assertForeign(ThrowingCall call, String reason) {
    assertThatThrownBy(call::run)
        .isInstanceOf(ForeignHomeException.class)
        .hasMessageStartingWith("'" + home.root() + "' " + reason)
        .hasMessageEndingWith("; remove it, or name another directory with --home");
  }

  private interface ThrowingCall {
    void run() throws Exception;
  }

  private static int asNobody(String script) throws IOException, InterruptedException {
    return new ProcessBuilder(
            "/usr/bin/setpriv",
            "--reuid",
            Integer.toString(NOBODY),
            "--regid",
            Integer.toString(NOBODY),
            "--clear-groups",
            "sh",
            "-c",
            script)
        .inheritIO()
        .start()
        .waitFor();
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
