package dev.fastdeploy.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fastdeploy.contract.Diagnostics;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

  @TempDir Path folder;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private Consumer<String> speaker;

  @BeforeEach
  void listen() {
    speaker = Diagnostics.sayBy(said::add);
  }

  @AfterEach
  void listenNoMore() {
    Diagnostics.sayBy(speaker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--r-----", "rw-r-----"})
  void whatTheServicesGroupMayReadIsClosedEnough(String mode) throws Exception {
    read(mode);

    assertThat(said).isEmpty();
  }

  @Test
  void whatOthersMayReadIsWarnedOf() throws Exception {
    read("rw-r--r--");

    assertThat(said)
        .singleElement()
        .asString()
        .contains(folder + "/token' is open to other users; set its mode to 600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw----", "rw-----w-", "rwxrwxrwx", "r---w----"})
  void whatOthersMayWriteIsRefused(String mode) {
    assertThatThrownBy(() -> read(mode))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the token file '" + folder + "/token' can be written by others")
        .hasMessageContaining("chmod go-w " + folder + "/token");
  }

  @Test
  void aFileThatOthersMayWriteLaterLetsNobodyInAnyMore() throws Exception {
    TokenFile tokens = new TokenFile(file("rw-------", "secret\n"));
    assertThat(tokens.lineOf("secret")).hasValue(1);

    Files.setPosixFilePermissions(
        folder.resolve("token"), PosixFilePermissions.fromString("rw--w----"));
    assertThat(tokens.lineOf("secret")).isEmpty();
    assertThat(tokens.lineOf("secret")).isEmpty();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("can be written by others (mode 620)", "lets nobody in");

    Files.setPosixFilePermissions(
        folder.resolve("token"), PosixFilePermissions.fromString("rw-------"));
    assertThat(tokens.lineOf("secret")).hasValue(1);
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws Exception {
    Path file = file("rw-------", "secret\n");
    assumeThat(Files.getAttribute(file, "unix:uid")).as("only root gives files away").isEqualTo(0);
    Files.setAttribute(file, "unix:uid", 12345);

    assertThatThrownBy(() -> new TokenFile(file).requireReadable())
        .hasMessageContaining("belongs to user 12345, who can write it");
  }

  /** A Secret in Kubernetes: links of mode 777 through a directory that is replaced as a whole. */
  @Test
  void ofALinkTheTargetCounts() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..1"));
    Files.move(file("r--r-----", "one\n"), first.resolve("token"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    Files.move(file("r--r-----", "two\n"), second.resolve("token"));
    Path third = Files.createDirectory(folder.resolve("..3"));
    Files.move(file("rw-rw-rw-", "three\n"), third.resolve("token"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
    Path link = Files.createSymbolicLink(folder.resolve("token"), Path.of("..data/token"));
    TokenFile tokens = new TokenFile(link);

    assertThat(tokens.lineOf("one")).hasValue(1);
    lead(data, second);
    assertThat(tokens.lineOf("one")).isEmpty();
    assertThat(tokens.lineOf("two")).hasValue(1);
    assertThat(said).isEmpty();
    lead(data, third);
    assertThat(tokens.lineOf("three")).isEmpty();
    assertThat(said).singleElement().asString().contains("can be written by others (mode 666)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwx----w-"})
  void aFileInADirectoryThatOthersMayWriteIsRefused(String mode) throws Exception {
    Path open = directory("open", mode);
    Path token = Files.createFile(Files.createDirectory(open.resolve("own")).resolve("token"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("open/../open/own/token"));

    for (Path way : List.of(token, link)) {
      assertThatThrownBy(() -> new TokenFile(way).requireReadable())
          .hasMessageContaining("the token file '" + way + "' can be replaced by others")
          .hasMessageContaining("run chmod go-w " + open);
    }
  }

  /** As kubelet mounts a Secret: open, but nobody can replace what is another's. */
  @Test
  void aStickyDirectoryMayBeOpen() throws Exception {
    Path mount = directory("mount", "rwxrwxrwx");
    Files.setAttribute(mount, "unix:mode", 01777);
    Files.writeString(Files.createDirectory(mount.resolve("..1")).resolve("token"), "secret\n");
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
    Path token = Files.createSymbolicLink(mount.resolve("token"), Path.of("..data/token"));

    assertThat(new TokenFile(token).lineOf("secret")).hasValue(1);
  }

  @Test
  void aLinkOrADirectoryOfAnotherUserIsRefused() throws Exception {
    assumeThat(Files.getAttribute(folder, "unix:uid"))
        .as("only root gives files away")
        .isEqualTo(0);
    Path foreign = directory("foreign", "rwx------");
    Path token = Files.createFile(foreign.resolve("token"));
    Files.setAttribute(foreign, "unix:uid", 12345);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file("rw-------", "secret\n"));
    Files.setAttribute(link, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);

    assertThatThrownBy(() -> new TokenFile(token).requireReadable())
        .hasMessageContaining(
            "can be replaced in the directory '" + foreign + "', which belongs to user 12345");
    assertThatThrownBy(() -> new TokenFile(link).requireReadable())
        .hasMessageContaining("is reached by the link '" + link + "', which belongs to user 12345");
  }

  @Test
  void linksThatLeadInCirclesAreNotFollowedForEver() throws Exception {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

    assertThatThrownBy(() -> PathTrust.require(one)).isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void aDigestStandsForItsToken() throws Exception {
    String digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"; // secret
    TokenFile tokens =
        new TokenFile(
            file(
                "rw-r--r--",
                "# pipeline\nsha256:"
                    + digest
                    + "\n  SHA256:"
                    + digest.toUpperCase(Locale.ROOT)
                    + "\n"));

    assertThat(tokens.lineOf("secret")).hasValue(3);
    assertThat(tokens.lineOf("sha256:" + digest)).as("the digest itself").isEmpty();
    assertThat(tokens.lineOf(digest)).isEmpty();
    assertThat(tokens.lineOf("other")).isEmpty();
    assertThat(said).as("everybody may know a digest").isEmpty();
  }

  /** As Windows' editors write a text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
      })
  void aByteOrderMarkAndCarriageReturnsBelongToNoToken(String line) throws Exception {
    TokenFile tokens = new TokenFile(file("r--r-----", "\uFEFF" + line + "\r\n"));

    assertThat(tokens.lineOf("secret")).hasValue(1);
    assertThat(tokens.lineOf("\uFEFF" + line)).isEmpty();
  }

  @Test
  void aByteOrderMarkIsNoToken() throws Exception {
    TokenFile tokens = new TokenFile(file("r--r-----", "\uFEFF# the pipeline's\r\nsecret\r\n"));

    assertThat(tokens.lineOf("\uFEFF# the pipeline's")).isEmpty();
    assertThat(tokens.lineOf("secret")).hasValue(2);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeOrADirectoryIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
    assertThat(made.waitFor()).isZero();

    assertThatThrownBy(() -> new TokenFile(pipe).requireReadable())
        .hasMessage("the token file '" + pipe + "' is not a regular file");
    assertThatThrownBy(() -> new TokenFile(folder).requireReadable())
        .hasMessage("the token file '" + folder + "' is not a regular file");
    assertThat(new TokenFile(pipe).lineOf("secret")).isEmpty();
  }

  @Test
  void nobodyComesWithAnEmptyToken() throws Exception {
    TokenFile tokens =
        new TokenFile(
            file(
                "rw-------",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"));

    assertThat(tokens.lineOf("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "xyz", "2bb80d53", "é"})
  void aDigestThatIsNoneIsNoTokenEither(String rest) throws Exception {
    Path file = file("rw-------", "good\nsha256:" + rest + "\n");

    assertThatThrownBy(() -> new TokenFile(file).requireReadable())
        .hasMessageContaining("line 2 is not a digest; write sha256: and 64 hexadecimal digits");
    assertThat(new TokenFile(file).lineOf("sha256:" + rest)).isEmpty();
    assertThat(new TokenFile(file).lineOf("good")).isEmpty();
  }

  private Path directory(String name, String mode) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
  }

  private static void lead(Path link, Path elsewhere) throws IOException {
    Path next = Files.createSymbolicLink(link.resolveSibling("..next"), elsewhere.getFileName());
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void read(String mode) throws IOException {
    new TokenFile(file(mode, "secret\n")).requireReadable();
  }

  private Path file(String mode, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}
