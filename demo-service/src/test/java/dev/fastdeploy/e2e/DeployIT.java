package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.CommandResult;
import dev.fastdeploy.demo.process.FreePorts;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.S3ProxyProcess;
import dev.fastdeploy.demo.process.Signal;
import dev.fastdeploy.demo.service.DemoService;
import dev.fastdeploy.demo.service.Fault;
import dev.fastdeploy.demo.service.ServiceRelease;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys into a running service, and everything that can go wrong on the way. */
@Timeout(180)
class DeployIT extends OnOneJdk {

  @Test
  void aCommitGoesLiveFromS3() throws Exception {
    try (S3ProxyProcess s3 = s3()) {
      TestBed onS3 = new TestBed(jdk, folder, s3.credentials()).withOwnPayload();
      publishToS3(onS3, s3, "c2");
      LauncherProcess launcher = startOnS3(onS3, s3);

      DeployRun run = onS3.deploy("c2");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.outcome("result")).isEqualTo("PROVEN");
      assertThat(run.events())
          .containsSubsequence("accepted", "staging", "staged", "activated", "draining", "outcome");
      assertThat(onS3.servedCommit()).isEqualTo("c2");
      Map<String, Object> status = onS3.status();
      assertThat(status)
          .containsEntry("running", "c2")
          .containsEntry("proven", "c2")
          .containsEntry("image", "c1");
      assertThat(launcher.alive()).isTrue();
      assertHoldsNothingForFleets(onS3.ownHome().resolve("payload"));
      onS3.close();
    }
  }

  /** What lists the instances of a fleet is in a folder of the jar that no instance unpacks. */
  private static void assertHoldsNothingForFleets(Path payload) throws IOException {
    try (Stream<Path> files = Files.walk(payload)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("fastdeploy-agent-"))
          .noneMatch(name -> name.matches("(jedis|ecs)-.*"));
    }
  }

  @Test
  void aCommitThatWasNeverPublishedFailsAndNothingChanges() throws Exception {
    try (S3ProxyProcess s3 = s3()) {
      TestBed onS3 = new TestBed(jdk, folder, s3.credentials());
      startOnS3(onS3, s3);

      DeployRun run = onS3.deploy("c9");

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
      assertThat(run.outcome("result")).isEqualTo("FAILED");
      assertThat(run.outcome("reason").toString()).contains("c9").contains(s3.bucket());
      assertUntouched(onS3);
      onS3.close();
    }
  }

  @Test
  void anArchiveThatDoesNotMatchItsChecksumFailsAndNothingIsLeft() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    damage(bed.store());
    startDemo();

    DeployRun run = bed.deploy("c2");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).isEqualTo("FAILED");
    assertThat(run.outcome("reason").toString()).containsIgnoringCase("sha-256");
    assertUntouched(bed);
  }

  @Test
  void aReleaseThatExitsAtOnceIsTakenBackAndRefusedFromThenOn() throws Exception {
    DeployRun run = deployFaulty(Fault.EXIT, 0);

    assertThat(run.outcome("exitCode")).isEqualTo(DemoService.FAULT_EXIT_CODE);
    assertThat(run.outcome("reason").toString()).contains("before it was ready");
    assertThat((List<?>) run.outcome("lastLines")).isNotEmpty();

    DeployRun again = bed.deploy("bad");
    assertThat(bed.lastLauncher().output().stderr())
        .anyMatch(line -> line.contains("decision=refused:REFUSED_COMMIT"));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.outcome("refusal")).isEqualTo("REFUSED_COMMIT");
    assertThat(bed.servedCommit()).isEqualTo("c1");

    DeployRun forced = bed.deploy("bad", "--force");
    assertThat(forced.outcome("result")).isEqualTo("ROLLED_BACK");
  }

  @Test
  void aReleaseThatHangsBeforeItIsReadyIsTakenBack() throws Exception {
    DeployRun run = deployFaulty(Fault.HANG, 0);

    assertThat(run.outcome("reason").toString()).contains("it was not ready after 20000 ms");
  }

  @Test
  void aReleaseThatIsReadyTooLateIsTakenBack() throws Exception {
    DeployRun run = deployFaulty(Fault.LATE, 120_000);

    assertThat(run.outcome("reason").toString())
        .contains("it was not ready after 20000 ms")
        .contains("answers 503");
  }

  @Test
  void aReleaseThatDiesInItsSoakIsTakenBack() throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("bad", Fault.DIES, 2_000)), "bad");
    LauncherProcess launcher =
        bed.startServing(
            bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--soak", "20s"), "c1");

    DeployRun run = bed.deploy("bad");

    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("ROLLED_BACK");
    assertThat(run.outcome("reason").toString()).contains("in its soak");
    bed.awaitServing("c1", launcher);
  }

  @Test
  void aHookThatHaltsWithAnotherCodeDoesNotKeepTheDeployFromHappening() throws Exception {
    bed.publish(bed.subjectRelease("c2"), "c2");
    bed.startServing(bed.subjectLauncher(bed.subjectRelease("c1", "hook=halt"), "c1"), "c1");

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    assertThat(bed.servedCommit()).isEqualTo("c2");
  }

  @Test
  void aHookThatHangsIsEndedAtTheDrainTimeout() throws Exception {
    bed.publish(bed.subjectRelease("c2"), "c2");
    bed.startServing(bed.subjectLauncher(bed.subjectRelease("c1", "hook=hang"), "c1"), "c1");

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    Map<?, ?> phases = (Map<?, ?>) run.outcome("phases");
    long drained =
        ((Number) phases.get("exited")).longValue() - ((Number) phases.get("draining")).longValue();
    assertThat(drained).isBetween(2_900L, 7_000L);
  }

  @Test
  void termDuringStagingEndsAllAndLeavesNoHalfRelease() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LauncherProcess launcher = startWithSilentStore(silent);
      try (ChildProcess deploy = startDeploy("c2")) {
        deploy.output().await(line -> line.contains("\"accepted\""), TestBed.PATIENCE);
        launcher.signal(Signal.TERM);

        assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
      }
    }
    assertThat(launcherStartsFrom("c1")).isTrue();
    assertUntouched(bed);
  }

  @Test
  void termDuringTheDrainBeatsTheReload() throws Exception {
    bed.publish(bed.subjectRelease("c2"), "c2");
    LauncherProcess launcher =
        bed.startServing(
            bed.subjectLauncher(bed.subjectRelease("c1", "hook=hang"), "c1")
                .option("--drain-timeout", "30s")
                .option("--stop-timeout", "1s"),
            "c1");
    try (ChildProcess deploy = startDeploy("c2")) {
      deploy.output().await(line -> line.contains("\"draining\""), TestBed.PATIENCE);
      launcher.output().await(line -> line.contains("the hook hangs"), TestBed.PATIENCE);
      launcher.signal(Signal.TERM);

      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(137));
    }
    assertThat(launcher.output().stdout()).noneMatch(line -> line.contains("c2 serves"));
    bed.startServing(bed.subjectLauncher(folder("built/c1"), "c1"), "c1");
  }

  @Test
  @Timeout(300)
  @Tag("wide")
  void twentyDeploysInARowAreNoCrashLoop() throws Exception {
    LauncherProcess launcher = startDemo();
    for (int i = 2; i <= 21; i++) {
      bed.publish(bed.demoRelease("c" + i), "c" + i);
      DeployRun run = bed.deploy("c" + i);
      assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    }
    assertThat(bed.servedCommit()).isEqualTo("c21");
    assertThat(launcher.alive()).isTrue();
    Awaitility.await("clean-up").atMost(TestBed.PATIENCE).until(() -> releases().size() <= 6);
    assertThat(releases()).contains("c1", "c20", "c21");
  }

  @Test
  void ofTwoDeploysAtOnceTheSecondIsRefused() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      startWithSilentStore(silent);
      try (ChildProcess first = startDeploy("c2")) {
        first.output().await(line -> line.contains("\"accepted\""), TestBed.PATIENCE);

        DeployRun second = bed.deploy("c3");

        assertThat(second.exitCode()).as(second.toString()).isEqualTo(2);
        assertThat(second.outcome("refusal")).isEqualTo("BUSY");
        assertThat(first.alive()).isTrue();
      }
    }
    assertThat(bed.servedCommit()).isEqualTo("c1");
  }

  @Test
  void aDeployIdIsNotUsedForAnotherCommit() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    startDemo();
    bed.deploy("c2", "--deploy-id", "build-7");

    DeployRun other = bed.deploy("c3", "--deploy-id", "build-7");

    assertThat(other.exitCode()).as(other.toString()).isEqualTo(2);
    assertThat(other.outcome("refusal")).isEqualTo("ID_IN_USE");
  }

  @Test
  void aDeployOverTheNetworkNeedsTheToken() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "fedcba9876543210fedcba9876543210\n");
    String address = "127.0.0.1:" + FreePorts.one();
    LauncherProcess launcher =
        bed.start(
            bed.demoLauncher(bed.demoRelease("c1"), "c1")
                .option("--control-listen", address)
                .option("--control-token-file", token));
    bed.awaitServing("c1", launcher);
    Awaitility.await()
        .atMost(TestBed.PATIENCE)
        .until(
            () ->
                bed.run("status", "--target", address, "--control-token-file", token).exitCode()
                    == 0);

    CommandResult refused =
        bed.run("deploy", "c2", "--target", address, "--control-token-file", wrong);
    assertThat(refused.exitCode()).isNotZero();
    assertThat(bed.servedCommit()).isEqualTo("c1");

    CommandResult deployed =
        bed.run("deploy", "c2", "--target", address, "--control-token-file", token);
    assertThat(deployed.exitCode()).as(deployed.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c2");
    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.contains("audit") && line.contains("decision=unauthenticated"));
  }

  @Test
  void theOutcomeIsThereForAPipelineThatLostItsConnection() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    startDemo();
    try (ChildProcess deploy = startDeploy("c2", "--deploy-id", "lost-1")) {
      deploy.output().await(line -> line.contains("\"accepted\""), TestBed.PATIENCE);
      deploy.signal(Signal.KILL);
    }
    Awaitility.await().atMost(TestBed.PATIENCE).until(() -> bed.servedCommit().equals("c2"));
    Awaitility.await()
        .atMost(TestBed.PATIENCE)
        .until(
            () ->
                ((List<?>) bed.status().get("outcomes"))
                    .stream()
                        .map(Map.class::cast)
                        .anyMatch(
                            outcome ->
                                "lost-1".equals(outcome.get("deploy"))
                                    && "PROVEN".equals(outcome.get("result"))));

    DeployRun again = bed.deploy("c2", "--deploy-id", "lost-1");
    assertThat(again.exitCode()).as(again.toString()).isZero();
  }

  @Test
  void everyLogLineComesOutInOrderOverAReload() throws Exception {
    int lines = 100_000;
    bed.publish(bed.subjectRelease("c2", "lines=" + lines), "c2");
    LauncherProcess launcher =
        bed.startServing(
            bed.subjectLauncher(bed.subjectRelease("c1", "lines=" + lines, "hook=print"), "c1"),
            "c1");

    DeployRun run = bed.deploy("c2");

    assertThat(run.outcome("result")).as(run.toString()).isEqualTo("PROVEN");
    launcher.output().await(line -> line.contains("subject c2 serves"), TestBed.PATIENCE);
    launcher.signal(Signal.TERM);
    launcher.waitFor(TestBed.PATIENCE);
    List<String> expected = new ArrayList<>();
    IntStream.range(0, lines).forEach(i -> expected.add("c1 out " + i));
    expected.add("subject c1 serves");
    expected.add("the last words have no line end");
    IntStream.range(0, lines).forEach(i -> expected.add("c2 out " + i));
    expected.add("subject c2 serves");
    assertThat(launcher.output().stdout().equals(expected)).isTrue();
    List<String> errors =
        launcher.output().stderr().stream().filter(line -> line.contains(" err ")).toList();
    assertThat(errors).hasSize(2 * lines / 10).endsWith("c2 err " + (lines / 10 - 1));
  }

  @Test
  void anOperatorGoesBackToWhatRanBefore() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    startDemo();
    bed.deploy("c2");

    CommandResult result = bed.run("rollback", "--target", bed.target(), "--json");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(bed.servedCommit()).isEqualTo("c1");
    assertThat(bed.status()).containsEntry("proven", "c1").containsEntry("running", "c1");
    CommandResult again = bed.run("rollback", "--target", bed.target(), "--json");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(String.join("", again.stdout())).contains("NOTHING_TO_ROLL_BACK_TO");
  }

  @Test
  void aNewImageWinsOverWhatWasDeployed() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    LauncherProcess launcher = startDemo();
    bed.deploy("c2");
    launcher.signal(Signal.TERM);
    launcher.waitFor(TestBed.PATIENCE);

    LauncherProcess same = bed.startServing(bed.demoLauncher(folder("built/c1"), "c1"), "c2");
    same.signal(Signal.TERM);
    same.waitFor(TestBed.PATIENCE);
    bed.startServing(bed.demoLauncher(bed.demoRelease("c3"), "c3"), "c3");

    assertThat(bed.status()).containsEntry("image", "c3").containsEntry("proven", "c3");
  }

  @Test
  void theClassesAreSeenToComeFromTheRunningRelease() throws Exception {
    startDemo();

    Map<?, ?> classes = (Map<?, ?>) bed.status().get("classes");

    assertThat((Integer) classes.get("fromRelease")).isPositive();
    assertThat(classes.get("mainClassLocation").toString()).endsWith("demo-service.jar");
  }

  @Test
  void aCommitThatRunsAlreadyIsASuccessWithoutARestart() throws Exception {
    bed.publish(bed.demoRelease("c2"), "c2");
    startDemo();
    bed.deploy("c2");
    Object pid = bed.status().get("pid");

    DeployRun again = bed.deploy("c2");

    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(bed.status()).containsEntry("pid", pid);
  }

  /** A store that accepts and never answers keeps a deploy in its staging. */
  private LauncherProcess startWithSilentStore(ServerSocket silent) throws IOException {
    return bed.startServing(
        bed.demoLauncher(bed.demoRelease("c1"), "c1")
            .option("--store", "s3://bucket")
            .option("--store-endpoint", "http://127.0.0.1:" + silent.getLocalPort())
            .option("--store-timeout", "15m")
            .environment("AWS_ACCESS_KEY_ID", "id")
            .environment("AWS_SECRET_ACCESS_KEY", "secret"),
        "c1");
  }

  private LauncherProcess startDemo() throws IOException {
    return bed.startServing(bed.demoLauncher(bed.demoRelease("c1"), "c1"), "c1");
  }

  private DeployRun deployFaulty(Fault fault, int millis) throws Exception {
    bed.publish(bed.demoRelease(new ServiceRelease("bad", fault, millis)), "bad");
    LauncherProcess launcher =
        bed.startServing(
            bed.demoLauncher(bed.demoRelease("c1"), "c1").option("--ready-timeout", "20s"), "c1");

    DeployRun run = bed.deploy("bad");

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
    assertThat(run.outcome("result")).isEqualTo("ROLLED_BACK");
    bed.awaitServing("c1", launcher);
    Map<String, Object> status = bed.status();
    assertThat(status).containsEntry("running", "c1").containsEntry("proven", "c1");
    assertThat(((Map<?, ?>) status.get("refused")).keySet().toString()).isEqualTo("[bad]");
    return run;
  }

  private ChildProcess startDeploy(String commit, String... options) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("deploy", commit, "--target", bed.target(), "--json"));
    words.addAll(List.of(options));
    return bed.command().start(words);
  }

  private void assertUntouched(TestBed where) throws Exception {
    assertThat(where.servedCommit()).isEqualTo("c1");
    assertThat(where.status()).containsEntry("running", "c1").containsEntry("pending", "");
    try (Stream<Path> entries = Files.list(where.ownHome().resolve("releases"))) {
      assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactly("c1");
    }
  }

  private List<String> releases() throws IOException {
    try (Stream<Path> entries = Files.list(bed.ownHome().resolve("releases"))) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private Path folder(String name) {
    return bed.home().getParent().resolve(name);
  }

  private boolean launcherStartsFrom(String commit) throws IOException {
    bed.startServing(bed.demoLauncher(folder("built/" + commit), commit), commit);
    return true;
  }

  private static void damage(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path archive : files.filter(file -> file.toString().matches(".*\\.tar\\..*")).toList()) {
        if (!archive.toString().endsWith(".sha256")) {
          byte[] bytes = Files.readAllBytes(archive);
          bytes[bytes.length / 2] ^= 1;
          Files.write(archive, bytes);
        }
      }
    }
  }

  private S3ProxyProcess s3() throws IOException, InterruptedException {
    return S3ProxyProcess.start(
        Jdk.running(),
        BuildOutput.own().s3ProxyJar(),
        Files.createDirectories(folder.resolve("s3")),
        "releases",
        TestBed.PATIENCE);
  }

  private static Map<String, Object> s3Options(S3ProxyProcess s3) {
    Map<String, Object> options = new HashMap<>();
    options.put("--store", "s3://" + s3.bucket() + "/builds");
    options.put("--store-endpoint", s3.endpoint());
    options.put("--store-path-style", "true");
    return options;
  }

  private static void publishToS3(TestBed where, S3ProxyProcess s3, String commit)
      throws Exception {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "publish",
                where.demoRelease(commit),
                "--app",
                "shop",
                "--commit",
                commit,
                "--format",
                "zst"));
    s3Options(s3)
        .forEach(
            (option, value) -> {
              words.add(option);
              words.add(value);
            });
    CommandResult result = where.run(words.toArray());
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private static LauncherProcess startOnS3(TestBed where, S3ProxyProcess s3) throws IOException {
    LauncherProcess.Builder builder = where.demoLauncher(where.demoRelease("c1"), "c1");
    s3Options(s3).forEach(builder::option);
    return where.startServing(builder, "c1");
  }
}
