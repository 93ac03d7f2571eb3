package dev.fastdeploy.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Commit;
import dev.fastdeploy.contract.DeployId;
import dev.fastdeploy.contract.DeployOutcome;
import dev.fastdeploy.contract.DeployResult;
import dev.fastdeploy.contract.EnvironmentName;
import dev.fastdeploy.contract.Fence;
import dev.fastdeploy.contract.Home;
import dev.fastdeploy.contract.HomeState;
import dev.fastdeploy.contract.LauncherFacts;
import dev.fastdeploy.contract.PendingActivation;
import dev.fastdeploy.contract.Phase;
import dev.fastdeploy.control.v1.DeployRequest;
import dev.fastdeploy.control.v1.InstanceStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HomeCommandsTest {

  @TempDir private Path directory;
  private Home home = new Home(Path.of("unset"));

  @BeforeEach
  void createHome() throws IOException {
    home = new Home(directory.resolve("h"));
    home.create();
    release("one");
    release("two");
    home.pointCurrentTo(new Commit("one"));
    home.change(state -> state.withNewImage(new Commit("one")));
  }

  @Test
  void publishedReleaseIsStagedOnceAndActivated() throws IOException {
    launcher("one", false, true);
    Path build = Files.createDirectory(directory.resolve("build"));
    Files.writeString(build.resolve("app.txt"), "hello");
    String store = Files.createDirectory(directory.resolve("store")).toString();

    CommandRun published =
        CommandRun.of(
            "publish", build.toString(), "--store", store, "--app", "shop", "--commit", "abc");
    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(published.out()).contains("published 'abc'", "sha256 ");

    CommandRun again =
        CommandRun.of(
            "publish", build.toString(), "--store", store, "--app", "shop", "--commit", "abc");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err().lines())
        .singleElement()
        .asString()
        .contains("'abc' is already published", "never overwritten");

    CommandRun full =
        run("stage", "abc", "--store", store, "--app", "shop", "--home-max-bytes", "9000");
    assertThat(full.exitCode()).isNotZero();
    assertThat(full.err().lines()).singleElement().asString().contains("9000 bytes", "--keep");

    CommandRun staged = run("stage", "abc", "--store", store, "--app", "shop");
    assertThat(staged.exitCode()).as(staged.err()).isZero();
    assertThat(home.root().resolve("releases/abc/app.txt")).hasContent("hello");
    assertThat(run("stage", "abc", "--store", store, "--app", "shop").out())
        .contains("staged before");

    CommandRun activated = run("activate", "abc");
    assertThat(activated.exitCode()).as(activated.err()).isZero();
    assertThat(activated.out().lines())
        .singleElement()
        .asString()
        .contains("'abc' is current and 'one' still runs", "reload exit code (75");
    assertThat(Files.readSymbolicLink(home.current())).hasFileName("abc");
  }

  @Test
  void publishTakesATarballAsItIs() throws IOException {
    Path build = Files.createDirectory(directory.resolve("build"));
    Files.writeString(build.resolve("app.txt"), "hello");
    Path store = Files.createDirectory(directory.resolve("store"));
    CommandRun directoryRun =
        CommandRun.of(
            "publish",
            build.toString(),
            "--store",
            store.toString(),
            "--app",
            "shop",
            "--commit",
            "one",
            "--format",
            "gz");
    assertThat(directoryRun.exitCode()).as(directoryRun.err()).isZero();
    Path archive = store.resolve("shop/one.tar.gz");

    CommandRun tarball =
        CommandRun.of(
            "publish",
            archive.toString(),
            "--store",
            store.toString(),
            "--app",
            "shop",
            "--commit",
            "two");

    assertThat(tarball.exitCode()).as(tarball.err()).isZero();
    assertThat(store.resolve("shop/two.tar.gz")).hasSameBinaryContentAs(archive);
    CommandRun otherFormat =
        CommandRun.of(
            "publish",
            archive.toString(),
            "--store",
            store.toString(),
            "--app",
            "shop",
            "--commit",
            "three",
            "--format",
            "zst");
    assertThat(otherFormat.exitCode()).isEqualTo(1);
    assertThat(otherFormat.err()).contains("--format 'zst'", "omit the option");
    assertThat(store.resolve("shop/three.tar.gz")).doesNotExist();

    String[] zst = {"--store", store.toString(), "--app", "shop", "--commit", "one"};
    CommandRun second =
        CommandRun.of(with(zst, "publish", String.valueOf(archive.getParent()), "--format", "zst"));
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("'one' is already published");
    assertThat(store.resolve("shop/one.tar.zst")).doesNotExist();
    Files.delete(store.resolve("shop/one.release.sha256"));
    Files.delete(store.resolve("shop/one.tar.gz.sha256"));
    CommandRun completed = CommandRun.of(with(zst, "publish", archive.toString()));
    assertThat(completed.exitCode()).as(completed.err()).isZero();
  }

  @Test
  void activationRecordsWhatIsPending() throws IOException {
    launcher("one", false, true);

    CommandRun run = run("activate", "two", "--deploy-id", "d-7");

    assertThat(run.exitCode()).as(run.err()).isZero();
    PendingActivation pending = Objects.requireNonNull(home.state().pending());
    assertThat(pending.id()).isEqualTo(new DeployId("d-7"));
    assertThat(pending.from()).isEqualTo(new Commit("one"));
    assertThat(pending.to()).isEqualTo(new Commit("two"));
    assertThat(pending.rollback()).isFalse();
    assertThat(pending.phases()).containsKeys(Phase.ACCEPTED, Phase.STAGED, Phase.ACTIVATED);
  }

  @Test
  void activationIsRefusedWithTheReason() throws IOException {
    launcher("one", false, true);
    refused("the commit three is not in the home", "one, two", "activate", "three");
    refused("the commit one is running already", "one", "activate", "one");

    home.change(
        state ->
            new HomeState(
                state.image(),
                state.proven(),
                null,
                Map.of(new Commit("two"), "it did not come up"),
                List.of(),
                0,
                Map.of(),
                null,
                null));
    refused(
        "the commit two did not come up before (it did not come up)", "--force", "activate", "two");
    assertThat(run("activate", "two", "--force").exitCode()).isZero();

    release("four");
    refused("the commit two of deploy", "not proven yet", "activate", "four");
  }

  @Test
  void whatOnlyAnAgentCanDoIsRefusedWithoutOne() throws IOException {
    launcher("two", false, true);
    proven("two");

    refused("--json", "without the agent", "activate", "one", "--json");
    refused("--strategy", "without the agent", "activate", "one", "--strategy", "process");
    refused("--json", "without the agent", "rollback", "--json");
    refused("--strategy", "without the agent", "rollback", "--strategy", "process");
  }

  @Test
  void clockBehindTheLastDeployIsRefused() throws IOException {
    launcher("one", false, true);
    long soon = System.currentTimeMillis() + 240_000;
    home.change(state -> state.withSequence(soon));

    refused(Long.toString(soon), "check the clock", "activate", "two");
    CommandRun reset = run("reset-sequence");
    assertThat(reset.exitCode()).as(reset.err()).isZero();
    assertThat(reset.out()).contains("forgot the last sequence " + soon, "Z)");
    assertThat(run("reset-sequence").out()).contains("has no last sequence");
    assertThat(run("activate", "two").exitCode()).isZero();
  }

  @Test
  void aRecordThatCountsAnewNeedsTheEpochForgotten() throws IOException {
    launcher("one", false, true);
    home.change(
        state ->
            state.withFence(new Fence("shop", new EnvironmentName("prod"), 57, 4)).withSequence(5));
    assertThat(run("status").out()).contains("environment: prod", "epoch: 57");

    CommandRun reset = run("reset-epoch");

    assertThat(reset.exitCode()).as(reset.err()).isZero();
    assertThat(reset.out()).contains("forgot the epoch 57 of 'shop' in 'prod'");
    assertThat(home.state().fence()).isNull();
    assertThat(home.state().lastSequence()).isEqualTo(5);
    assertThat(run("reset-epoch").out()).contains("has no epoch; nothing has changed");
  }

  @Test
  void aPersonWantsTheImagesReleaseUntilItIsTakenBack() throws IOException {
    launcher("one", false, true);

    CommandRun unfollow = run("unfollow", "--reason", "an image\nis rolled out");
    assertThat(unfollow.exitCode()).as(unfollow.err()).isZero();
    assertThat(unfollow.out())
        .contains("from its next start, the container", home.given().toString());
    assertThat(home.state().unfollowed()).isNotNull().doesNotContain("\n").startsWith("an image");

    assertThat(run("follow").out()).contains("follows again", "is rolled out");
    assertThat(home.state().unfollowed()).isNull();
    assertThat(run("follow").out()).contains("nothing has changed");
  }

  @Test
  void whoWantsTheImagesReleaseSaysWhy() throws IOException {
    launcher("one", false, true);

    assertThat(run("unfollow").exitCode()).isEqualTo(1);
    refused("--reason is empty", "say why", "unfollow", "--reason", " ");
    assertThat(home.state().unfollowed()).isNull();
  }

  @Test
  void sequenceFarAheadOfTheClockLocksNothing() throws IOException {
    launcher("one", false, true);
    home.change(state -> state.withSequence(Long.MAX_VALUE));

    assertThat(run("status").out()).contains("last sequence: 9223372036854775807", "so ignored");
    assertThat(run("activate", "two").exitCode()).isZero();
    assertThat(home.state().lastSequence())
        .isLessThanOrEqualTo(System.currentTimeMillis())
        .isPositive();
  }

  @Test
  void otherBytesThanThoseThatAreWantedAreNeitherStagedNorActivated() throws IOException {
    launcher("one", false, true);
    Path build = Files.createDirectory(directory.resolve("build"));
    Files.writeString(build.resolve("app.txt"), "hello");
    String store = Files.createDirectory(directory.resolve("store")).toString();
    String[] where = {"--store", store, "--app", "shop"};
    CommandRun published = CommandRun.of(with(where, "publish", build.toString(), "--commit", "b"));
    String digest = published.out().strip().replaceAll(".*sha256 ", "");
    String other = "e".repeat(64);

    refused(other, digest, with(where, "stage", "b", "--sha256", other));
    CommandRun staged = run(with(where, "stage", "b", "--sha256", digest.toUpperCase(Locale.ROOT)));
    assertThat(staged.exitCode()).as(staged.err()).isZero();
    refused(other, digest, with(where, "stage", "b", "--sha256", other));
    refused(other, digest, "activate", "b", "--sha256", other);
    refused("'12'", "64 hex digits", "activate", "b", "--sha256", "12");
    assertThat(run("status").out()).contains("sha256: b " + digest);
    CommandRun activated = run("activate", "b", "--sha256", digest);
    assertThat(activated.exitCode()).isZero();
    assertThat(activated.out()).doesNotContain("compared");
  }

  @Test
  void digestOfAReleaseThatCameInNoArchiveIsNotSilentlyTakenForRight() throws IOException {
    launcher("one", false, true);
    String store = Files.createDirectory(directory.resolve("store")).toString();
    String digest = "e".repeat(64);
    String doubt =
        "its SHA-256 was not compared, because nothing records which archive it came from";

    assertThat(run("stage", "two", "--sha256", digest, "--store", store, "--app", "shop").out())
        .contains("'two' was staged before", doubt);
    assertThat(run("activate", "two", "--sha256", digest).out()).contains(doubt);
  }

  @Test
  void sequenceThatCountsIsTheOneThatIsNamed() throws IOException {
    launcher("one", false, true);
    long soon = System.currentTimeMillis() + 240_000;
    home.change(
        state ->
            state
                .withOutcome(
                    new DeployOutcome(
                        new DeployId("d"),
                        soon,
                        new Commit("two"),
                        new Commit("one"),
                        DeployResult.ROLLED_BACK,
                        "no",
                        null,
                        List.of(),
                        Map.of()))
                .withSequence(Long.MAX_VALUE));

    refused("has the sequence " + soon, "not before this machine's clock", "activate", "two");
  }

  private static String[] with(String[] more, String... arguments) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void launcherWithoutReadinessCannotJudge() throws IOException {
    launcher("one", false, false);

    refused(
        "nothing tells when a new release is ready", "--ready or --ready-after", "activate", "two");
  }

  @Test
  void rollbackReturnsToTheProvenReleaseBefore() throws IOException {
    launcher("two", false, true);
    proven("two");

    CommandRun run = run("rollback");

    assertThat(run.exitCode()).as(run.err()).isZero();
    PendingActivation pending = Objects.requireNonNull(home.state().pending());
    assertThat(pending.to()).isEqualTo(new Commit("one"));
    assertThat(pending.rollback()).isTrue();
    assertThat(Files.readSymbolicLink(home.current())).hasFileName("one");
  }

  @Test
  void rollbackGoesFurtherBackWhereAReleaseIsNotInTheHome() throws IOException {
    launcher("three", false, true);
    proven("gone");
    proven("three");

    CommandRun run = run("rollback");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Objects.requireNonNull(home.state().pending()).to()).isEqualTo(new Commit("one"));
  }

  @Test
  void rollbackWithoutAnEarlierReleaseIsRefused() throws IOException {
    launcher("one", false, true);

    refused("no release in the home was proven before", "'one'", "rollback");
  }

  @Test
  void serviceWithTheAgentIsAskedThroughItsSocket() throws IOException {
    launcher("one", true, true);
    refused(home.controlSocket().toString(), "--target", "activate", "two");

    ScriptedControl control = ScriptedControl.proving();
    try (ControlServer server = ControlServer.onSocket(home.controlSocket(), control)) {
      assertThat(server).isNotNull();
      assertThat(run("activate", "new", "--json").exitCode()).isZero();
      assertThat(run("rollback").exitCode()).isZero();
    }

    assertThat(control.activations).extracting(DeployRequest::getCommit).containsExactly("new");
    assertThat(control.rollbacks).hasSize(1);
    assertThat(home.state().pending()).isNull();
  }

  @Test
  void statusOfAHomeNeedsNoAgent() throws IOException {
    assertThat(run("status", "--json").json().get(0)).containsEntry("state", "STOPPED");

    launcher("one", false, true);
    assertThat(run("activate", "two", "--deploy-id", "d-7").exitCode()).isZero();
    Map<String, Object> status = run("status", "--json").json().get(0);

    assertThat(status)
        .containsEntry("target", home.given().toString())
        .containsEntry("state", "ACTIVATING")
        .containsEntry("running", "one")
        .containsEntry("proven", "one")
        .containsEntry("image", "one")
        .containsEntry("pending", "two")
        .containsEntry("staged", List.of("one", "two"))
        .containsEntry("pid", (int) ProcessHandle.current().pid());
    assertThat(run("status").out()).contains("running: one", "pending: two", "without the agent");
  }

  @Test
  void homeHasFourSpellings() throws IOException {
    String path = home.given().toString();
    assertThat(CommandRun.of("status", "--home=" + path).exitCode()).isZero();
    assertThat(CommandRun.with(Map.of("fastdeploy.home", path), Map.of(), "status").exitCode())
        .isZero();
    assertThat(CommandRun.with(Map.of(), Map.of("FASTDEPLOY_HOME", path), "status").exitCode())
        .isZero();
    assertThat(
            CommandRun.with(
                    Map.of("fastdeploy.home", "/property"),
                    Map.of("FASTDEPLOY_HOME", "/environment"),
                    "status",
                    "--home",
                    path)
                .exitCode())
        .isZero();
    assertThat(
            CommandRun.with(
                    Map.of("fastdeploy.home", "/property"),
                    Map.of("FASTDEPLOY_HOME", path),
                    "status")
                .err())
        .contains("'/property' is not a home");
  }

  @Test
  void aFileIsNoHome() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path given : List.of(file, file.resolve("h"))) {
      assertThat(CommandRun.of("status", "--home", given.toString()).err().lines())
          .singleElement()
          .asString()
          .contains(
              "--home '"
                  + given
                  + "' is not a home: '"
                  + file
                  + "' is not a directory; name the launcher's home");
    }
  }

  @Test
  void whoIsKeptFromAHomeLearnsByWhom() throws IOException {
    Files.delete(home.run());

    assertThat(LocalHome.closed(home))
        .contains(
            "'" + home.root() + "' belongs to user " + Files.getAttribute(directory, "unix:uid"),
            "run this as that user");
  }

  private void refused(String value, String remedy, String... arguments) throws IOException {
    HomeState before = home.state();
    Path current = Files.readSymbolicLink(home.current());
    CommandRun run = run(arguments);

    assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(value).contains(remedy);
    assertThat(home.state()).isEqualTo(before);
    assertThat(Files.readSymbolicLink(home.current())).isEqualTo(current);
  }

  private CommandRun run(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.given().toString();
    return CommandRun.of(all);
  }

  private void release(String commit) throws IOException {
    home.publish(home.newStagingDirectory(), new Commit(commit));
  }

  private void proven(String commit) throws IOException {
    home.change(
        state ->
            state
                .withPending(
                    new PendingActivation(
                        new DeployId("d-0"),
                        1,
                        null,
                        new Commit(commit),
                        "process",
                        false,
                        Map.of()))
                .withPendingProven(2));
  }

  @Test
  void anAgentThatWasNeverHeardOfIsToldByTheStatus() throws Exception {
    launcher("one", true, false, true, "");

    CommandRun run = run("status");

    assertThat(run.out())
        .contains(
            "deploys refused: the service was started with the agent, but the agent has not"
                + " reported");
  }

  @Test
  void anAgentThatListensElsewhereIsNamedAndNotLookedForInTheHome() throws Exception {
    launcher("one", true, true, true, "0.0.0.0:7400");
    // What an agent that was killed has left there.
    Files.createFile(home.controlSocket());

    assertThat(run("status").out())
        .contains("control endpoint: 0.0.0.0:7400; ask it with --target and credentials")
        .doesNotContain("deploys refused");
    assertThat(run("status", "--json").json().get(0))
        .containsEntry("controlEndpoint", "0.0.0.0:7400")
        .containsEntry("deploysRefusedBecause", "");
    refused("the service's agent listens on '0.0.0.0:7400'", "with --target", "rollback");
    refused("the service's agent listens on '0.0.0.0:7400'", "with --target", "cancel");
  }

  /** The file that names it is the service's own: it must not lead a person's token anywhere. */
  @Test
  void anAgentThatListensElsewhereIsNotAskedThere() throws Exception {
    ScriptedControl control = new ScriptedControl();
    control.status = InstanceStatus.newBuilder().setRunning("by the agent").build();
    Path token = Files.writeString(directory.resolve("token"), "secret\n");
    try (ControlServer server = ControlServer.onLoopback(0, control, "secret", null)) {
      launcher("one", true, true, true, "127.0.0.1:" + server.port());

      assertThat(run("status", "--control-token-file", token.toString()).out())
          .contains("running: one", "control endpoint: 127.0.0.1:" + server.port());
    }
  }

  @Test
  void aServiceThatOutlivedItsLauncherIsNotStopped() throws Exception {
    ProcessHandle self = ProcessHandle.current();
    long started = LauncherFacts.startedTicks(self.pid());
    // The launcher's pid is another process's now.
    new LauncherFacts(
            self.pid(), started + 1, self.pid(), started, "one", true, true, true, "", "", "")
        .write(home);

    CommandRun run = run("status");

    assertThat(run.out())
        .contains("running: one", "was killed and its service still runs", "" + self.pid())
        .doesNotContain("stopped (");
    assertThat(run("status", "--json").json().get(0)).containsEntry("state", "RUNNING");
    refused("no launcher runs in the home", "fastdeploy run", "cancel");
  }

  @Test
  void anAgentWithoutALauncherIsAsked() throws Exception {
    ScriptedControl control = ScriptedControl.proving();
    control.status = InstanceStatus.newBuilder().setRunning("by the agent").build();
    try (ControlServer server = ControlServer.onSocket(home.controlSocket(), control)) {
      assertThat(server).isNotNull();

      assertThat(run("status").out()).contains("running: by the agent");
      assertThat(run("activate", "new").exitCode()).isZero();
      assertThat(run("rollback").exitCode()).isZero();
    }
  }

  @Test
  void aSocketThatNobodyListensOnIsNoAgent() throws Exception {
    try (ServerSocketChannel ended = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ended.bind(UnixDomainSocketAddress.of(home.controlSocket()));
    }

    assertThat(run("status").out()).contains("stopped", "no launcher is running");
    refused("no launcher runs in the home", "fastdeploy run", "cancel");
  }

  @Test
  @Timeout(60)
  void anAgentThatIsFrozenForLongDoesNotHoldAStatus() throws Exception {
    List<SocketChannel> queued = new ArrayList<>();
    try (ServerSocketChannel frozen = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      frozen.bind(UnixDomainSocketAddress.of(home.controlSocket()), 1);
      boolean room = true;
      while (room) {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        queued.add(channel);
        channel.configureBlocking(false);
        try {
          room = channel.connect(UnixDomainSocketAddress.of(home.controlSocket()));
        } catch (IOException full) {
          room = false;
        }
      }

      assertThat(run("status", "--timeout", "200ms", "--json").json().get(0))
          .containsEntry("state", "RUNNING");
    } finally {
      for (SocketChannel channel : queued) {
        channel.close();
      }
    }
  }

  @Test
  void anAgentWithoutALauncherThatDoesNotAnswerIsNotStopped() throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(home.controlSocket()));

      assertThat(run("status", "--timeout", "200ms", "--json").json().get(0))
          .containsEntry("state", "RUNNING");
    }
  }

  @Test
  void whyTheAgentDoesNotListenIsTold() throws Exception {
    String because = "the agent has no control endpoint: it does not listen on 127.0.0.1:1: in use";
    launcher("one", true, true, true, "", because);
    // What an earlier agent has left there.
    Files.createFile(home.controlSocket());

    assertThat(run("status").out()).contains("deploys refused: " + because);
    refused(because, "in use", "rollback");
    refused(because, "in use", "cancel");
  }

  @Test
  void ofAnAgentThatWasNotHeardOfYetTheSocketIsNamed() throws Exception {
    launcher("one", true, true);

    String nobody = "no agent listens on '" + home.controlSocket();
    refused(nobody, "another address: name that address with --target", "rollback");
    refused(nobody, "another address: name that address with --target", "cancel");
    refused(nobody, "and credentials, to 'fastdeploy deploy'", "activate", "one");
  }

  @Test
  void ofAnAgentThatListensAndDoesNotAnswerTheFilesTell() throws Exception {
    launcher("one", true, true);
    Files.deleteIfExists(home.controlSocket());
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(home.controlSocket()));

      CommandRun run = run("status", "--timeout", "200ms", "--json");

      assertThat(run.exitCode()).as(run.err()).isZero();
      Map<String, Object> status = run.json().get(0);
      assertThat(status).containsEntry("running", "one").containsEntry("proven", "one");
      assertThat(status.get("deploysRefusedBecause"))
          .asString()
          .startsWith("the agent gave no status: ");
    }
  }

  private void launcher(String commit, boolean agent, boolean readiness) throws IOException {
    launcher(commit, agent, true, readiness, "");
  }

  private void launcher(
      String commit, boolean agent, boolean heard, boolean readiness, String listens)
      throws IOException {
    launcher(commit, agent, heard, readiness, listens, "");
  }

  /** This process stands for the launcher and for the service. */
  private void launcher(
      String commit,
      boolean agent,
      boolean heard,
      boolean readiness,
      String listens,
      String unreachable)
      throws IOException {
    ProcessHandle self = ProcessHandle.current();
    new LauncherFacts(
            self.pid(),
            LauncherFacts.startedTicks(self.pid()),
            self.pid(),
            LauncherFacts.startedTicks(self.pid()),
            commit,
            agent,
            heard,
            readiness,
            "",
            listens,
            unreachable)
        .write(home);
  }
}
