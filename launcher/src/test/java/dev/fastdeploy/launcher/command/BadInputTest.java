package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.DurableFiles;
import dev.fastdeploy.contract.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a user is one line that names the value and what to do, and changes nothing. */
class BadInputTest {

  @TempDir private Path directory;

  @BeforeEach
  void createFiles() throws IOException {
    Files.writeString(directory.resolve("token"), "secret\n");
    Files.writeString(directory.resolve("empty"), "\n");
    Files.writeString(directory.resolve("noise"), "noise\n");
    Files.writeString(directory.resolve("bad-targets"), "a:1\nnonsense\n");
    Files.writeString(directory.resolve("build.zip"), "");
    Files.createDirectory(directory.resolve("build"));
    Files.createDirectory(directory.resolve("store"));
    new Home(directory.resolve("home")).create();
    Path open = new Home(directory.resolve("open")).root();
    Files.createDirectories(open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("", "no subcommand", "fastdeploy help"),
        fault("dploy x", "dploy", "fastdeploy help"),
        fault("deploy", "COMMIT", "fastdeploy help deploy"),
        fault("deploy a b --target h:1", "'b'", "fastdeploy help deploy"),
        fault("deploy x --nope", "--nope", "fastdeploy help deploy"),
        fault("deploy x", "no target is given", "--target host:port"),
        fault("deploy ../x --target h:1", "'../x' is not a commit", "use 1 to 128 letters"),
        fault("deploy @x --target h:1", "'@x' is not a commit", "use 1 to 128 letters"),
        fault("deploy x --target h", "'h' is not understood", "write host:port"),
        fault("deploy x --target h:70000", "'h:70000'", "write host:port"),
        fault("deploy x --target h:1 --target h:1", "'h:1' is given twice", "name each"),
        fault("deploy x --target", "--target", "fastdeploy help deploy"),
        fault("deploy x --targets-file {}/none", "{}/none", "does not exist; give a file"),
        fault("deploy x --targets-file {}/empty", "{}/empty", "names no target; write"),
        fault("deploy x --targets-file {}/bad-targets", "'nonsense'", "write host:port"),
        fault("deploy x --targets-file {}", "{}", "--targets-file"),
        fault("deploy x --target h:1 --max-unavailable 0", "'0'", "a whole number from 1"),
        fault("deploy x --target h:1 --max-unavailable ٣", "'٣'", "a whole number from 1"),
        fault("deploy x --target h:1 --timeout ٣s", "'٣s'", "is not a duration"),
        fault("deploy x --target h:٣", "'h:٣'", ""),
        fault("deploy x --target h:1 --max-unavailable many", "'many'", "a whole number from 1"),
        fault("deploy x --target h:1 --timeout soon", "'soon'", "write it like 500ms"),
        fault("deploy x --target h:1 --timeout 0", "'0' leaves no time", "write one like"),
        fault("deploy x --target h:1 --timeout 1m --timeout 2m", "--timeout", "only once"),
        fault("deploy x --target h:1 --strategy P!", "'P!'", "fastdeploy status"),
        fault("deploy x --target h:1 --deploy-id a/b", "'a/b'", "use 1 to 64 letters"),
        fault("deploy x --target h:1 --control-token-file {}/none", "{}/none", "check the path"),
        fault("deploy x --target h:1 --control-token-file {}/empty", "{}/empty", "first line"),
        fault(
            "deploy x --target 10.1.2.3:1 --control-token-file {}/token",
            "'10.1.2.3:1' in the clear",
            "give --control-tls-ca FILE or --tls"),
        fault(
            "status --target 10.1.2.3:1 --control-token-file {}/token",
            "'10.1.2.3:1' in the clear",
            "give --control-tls-ca FILE or --tls"),
        fault("deploy x --target h:1 --control-tls-ca {}/noise", "{}/noise", "PEM form"),
        fault("deploy x --target h:1 --control-tls-cert {}/noise", "{}/noise", "--control-tls-key"),
        fault("deploy x --target h:1 --control-tls-key {}/noise", "{}/noise", "--control-tls-cert"),
        fault(
            "deploy x --target h:1 --control-tls-key {}/noise --control-tls-cert {}/noise",
            "{}/noise",
            "PKCS#8"),
        fault("status", "no instance is given", "--home DIR"),
        fault("status --home {}/none", "{}/none", "check the path"),
        fault("status --target h:1 --timeout x", "'x'", "write it like"),
        fault("rollback", "no instance is given", "--target host:port"),
        fault("rollback --home {}/none", "{}/none", "check the path"),
        fault(
            "rollback --home {}/home", "no launcher runs in the home '{}/home'", "fastdeploy run"),
        fault("activate x", "--home is missing", "directory"),
        fault("activate x --home {}/home", "no launcher runs in the home", "fastdeploy run"),
        fault("stage x --home {}/home", "--store is missing", "where releases lie"),
        fault("stage x --home {}/home --store {}/store", "--app is missing", "name"),
        fault("stage x --home {}/none --store {}/store --app a", "{}/none", "check the path"),
        fault("stage x --home {}/home --store {}/store --app a", "x", "publish"),
        fault(
            "stage x --home {}/home --store {}/store --app a --home-max-bytes 1G",
            "1G",
            "--home-max-bytes"),
        fault("stage x --home {}/home --store ftp://h --app a", "ftp://h", "--store"),
        fault("publish {}/build --store {}/store --app a", "--commit", "fastdeploy help publish"),
        fault("publish {}/build --store {}/store --app a --comit x", "'--comit'", "help publish"),
        fault("rollback --home {}/open", "(mode 777)", "call this as that user, else remove it"),
        fault("cancel --home {}/home", "no launcher runs in the home", "fastdeploy run"),
        fault("publish {}/build --store {}/store --app a --commit a/b", "'a/b'", "use 1 to 128"),
        fault(
            "publish {}/gone --store {}/store --app a --commit x", "{}/gone", "give the directory"),
        fault("publish {}/build --app a --commit x", "--store is missing", "where releases lie"),
        fault("publish {}/build --store {}/store --app a/b --commit x", "a/b", "--app"),
        fault(
            "publish {}/build --store {}/store --app a --commit x --format zip",
            "'zip'",
            "write gz or zst"),
        fault("publish {}/build.zip --store {}/store --app a --commit x", "build.zip", ".tar.gz"));
  }

  private static Arguments fault(String commandLine, String value, String remedy) {
    return Arguments.of(commandLine, value, remedy);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isOneLineAndChangesNothing(String commandLine, String value, String remedy)
      throws IOException {
    List<String> before = files();

    CommandRun run =
        CommandRun.of(
            commandLine.isEmpty()
                ? new String[0]
                : commandLine.replace("{}", directory.toString()).split(" ", -1));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err()).startsWith("fastdeploy: ").endsWith("\n");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains(value.replace("{}", directory.toString()))
        .contains(remedy)
        .doesNotContain("Exception", "internal error", "secret");
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void unreadableStateIsOneLine() throws IOException {
    Home home = new Home(directory.resolve("home"));
    DurableFiles.write(home.root().resolve("state/state"), new byte[] {1, 2, 3});

    CommandRun run = CommandRun.of("status", "--home", home.given().toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("cannot be read");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
