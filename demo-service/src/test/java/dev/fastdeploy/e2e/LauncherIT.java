package dev.fastdeploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.LauncherProcess;
import dev.fastdeploy.demo.process.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The launcher as the parent of any program: a shell stands for the service. */
@Timeout(60)
class LauncherIT extends OnOneJdk {

  private Path image;

  @BeforeEach
  void makeImage() throws IOException {
    image = Files.createDirectory(folder.resolve("image"));
  }

  @Test
  void theExitCodeIsTheServices() throws Exception {
    LauncherProcess launcher = shell("echo out; echo err >&2; printf 'no end'; exit 7");

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(7));
    assertThat(launcher.output().stdout()).containsExactly("out", "no end");
    assertThat(launcher.output().stderr()).containsExactly("err");
  }

  @Test
  void aSignalsEndIs128AndItsNumber() throws Exception {
    assertThat(shell("kill -9 $$").waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void seventyFiveIsAnOrdinaryExitUnlessItWasAgreedOn() throws Exception {
    assertThat(shell("exit 75").waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(75));
  }

  @Test
  void anAgreedCodeStartsTheServiceAgainAFewTimesASecondAtMost() throws Exception {
    long start = System.nanoTime();
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--reload-exit-code", 41)
                .command(
                    List.of("sh", "-c", "echo x >> ../n; [ $(wc -l < ../n) -ge 4 ] || exit 41")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(folder.resolve("n")).content().hasLineCount(4);
    assertThat(System.nanoTime() - start).isGreaterThan(3 * 300_000_000L);
  }

  @Test
  void aCrashIsStartedAgainIfThatWasAskedForAndAnOrderlyEndIsNot() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--restart", "on-failure")
                .command(
                    List.of(
                        "sh",
                        "-c",
                        "echo start $FASTDEPLOY_ATTEMPT; [ $FASTDEPLOY_ATTEMPT = 2 ]")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).containsExactly("start 1", "start 2");
    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.contains("ended with code 1; it is started again in 1 s"));
  }

  @Test
  void manyRestartsDoNotFillTheLaunchersSmallHeap() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .jvmFlag("-Xmx5m")
                .jvmFlag("-XX:+UseSerialGC")
                .option("--reload-exit-code", 41)
                .environment("FASTDEPLOY_TEST_STARTS", folder.resolve("n").toString())
                .command(
                    List.of(
                        "sh",
                        "-c",
                        "echo x >> $FASTDEPLOY_TEST_STARTS;"
                            + " [ $(wc -l < $FASTDEPLOY_TEST_STARTS) -ge 60 ] || exit 41")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(folder.resolve("n")).content().hasLineCount(60);
  }

  @Test
  void aReaderThatDoesNotReadDelaysNoSignal() throws Exception {
    Process launcher = withoutAReader(">&3 2>/dev/null", "yes");
    try {
      Awaitility.await().until(() -> launcher.descendants().findAny().isPresent());
      launcher.destroy();

      assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }

  @Test
  void theLauncherNeverWaitsForAReaderOfItsOwnLines() throws Exception {
    Path starts = folder.resolve("starts");
    Process launcher =
        withoutAReader(
            ">/dev/null 2>&3", "echo >> '" + starts + "'; yes >&2 & sleep 0.2; kill $!; exit 1");
    try {
      // Between two starts the launcher says that there was a crash.
      Awaitility.await()
          .atMost(TestBed.PATIENCE)
          .until(() -> Files.exists(starts) && Files.size(starts) >= 2);
      launcher.destroy();

      assertThat(launcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      launcher.descendants().forEach(ProcessHandle::destroyForcibly);
      launcher.destroyForcibly();
    }
  }

  /**
   * A launcher with descriptor 3 on a fifo that is held open and never read: a stuck log driver.
   */
  private Process withoutAReader(String redirection, String script) throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    String java = jdk.java().toString();
    String jar = BuildOutput.own().fastdeployJar().toString();
    return new ProcessBuilder(
            "sh",
            "-c",
            "exec 3<>" + fifo + "; exec \"$0\" \"$@\" " + redirection,
            java,
            "-jar",
            jar,
            "run",
            "--home",
            bed.home().toString(),
            "--release",
            image.toString(),
            "--commit",
            "c1",
            "--stop-timeout",
            "1s",
            "--restart",
            "on-failure",
            "--",
            "sh",
            "-c",
            script)
        .start();
  }

  @Test
  void everyLineIsAnObjectIfThatWasAskedFor() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--log-format", "json")
                .option("--restart", "on-failure:1")
                .option("--init", "echo init")
                .command(
                    List.of(
                        "sh", "-c", "echo out $FASTDEPLOY_ATTEMPT; printf 'no end' >&2; exit 3")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(3));
    assertThat(messages(launcher.output().stdout(), "stdout"))
        .containsExactly("init", "out 1", "out 2");
    assertThat(messages(launcher.output().stderr(), "stderr")).containsExactly("no end", "no end");
    assertThat(messages(launcher.output().stderr(), "launcher"))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("fastdeploy: the service ended with code 3;"),
            second -> assertThat(second).contains("is started"),
            third -> assertThat(third).endsWith("the launcher ends"));
  }

  private static List<String> messages(List<String> lines, String stream) throws IOException {
    List<String> messages = new ArrayList<>();
    for (String line : lines) {
      Map<String, Object> object = JSON.std.mapFrom(line);
      if (stream.equals(object.get("stream"))) {
        assertThat(object).containsEntry("commit", "c1").containsKey("time");
        messages.add((String) object.get("message"));
      }
    }
    return messages;
  }

  @Test
  void aRequestedStopOf143IsASuccess() throws Exception {
    LauncherProcess launcher = shell("echo up; exec sleep 100");
    stop(launcher, Signal.TERM);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void theSwitchKeeps143() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--stop-exit-zero", false)
                .command(List.of("sh", "-c", "echo up; exec sleep 100")));
    stop(launcher, Signal.TERM);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(143));
  }

  @Test
  void intIsPassedOnAsInt() throws Exception {
    LauncherProcess launcher =
        shell("trap 'echo got int; exit 5' INT; echo up; while :; do sleep 0.05; done");
    stop(launcher, Signal.INT);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(5));
    assertThat(launcher.output().stdout()).contains("got int");
  }

  @ParameterizedTest
  @EnumSource(names = {"HUP", "USR1", "WINCH"})
  void whatIsNoStopIsPassedOnAndEndsNothing(Signal signal) throws Exception {
    LauncherProcess launcher =
        shell("trap 'echo got it' " + signal + "; echo up; while :; do sleep 0.05; done");
    stop(launcher, signal);

    assertThat(launcher.output().await(line -> line.equals("got it"), TestBed.PATIENCE))
        .isPresent();
    assertThat(launcher.alive()).isTrue();
  }

  @Test
  void theGroupGetsTheSignalWhereThatIsWanted() throws Exception {
    // The script does not pass a signal on, and waits for what it has started.
    String script =
        "trap : TERM; (trap 'echo child; exit' TERM; echo up; sleep 100 & wait); exit 4";
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--signal-group", true)
                .command(List.of("sh", "-c", script)));
    stop(launcher, Signal.TERM);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(4));
    assertThat(launcher.output().stdout()).contains("child");
  }

  @Test
  void theGroupIsKilledWithTheService() throws Exception {
    String script = "trap '' TERM; sleep 77.7 & echo up $!; while :; do sleep 0.05; done";
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--signal-group", true)
                .option("--stop-timeout", "500ms")
                .command(List.of("sh", "-c", script)));
    launcher.output().await(line -> line.startsWith("up "), TestBed.PATIENCE);
    long grandchild = Long.parseLong(launcher.output().stdout().get(0).substring(3));
    launcher.signal(Signal.TERM);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(137));
    Awaitility.await("the grandchild has gone")
        .atMost(TestBed.PATIENCE)
        .until(() -> hasEnded(grandchild));
  }

  /** A zombie has: whether its entry goes is the business of this machine's init. */
  private static boolean hasEnded(long pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tZ");
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  @Test
  void asPid1ItReapsOrphansAndKeepsTheServicesCode() throws Exception {
    assumeTrue(canBePid1(), "no PID namespace can be made here: unshare --pid fails");
    // Orphans that end at once, then a look at what is left of them, twice as long as it may take.
    String script =
        "for i in 1 2 3 4 5; do (sleep 0.1 & exit); done; sleep 4;"
            + " grep -l 'State:.Z' /proc/[0-9]*/status; echo looked; exit 6";
    List<String> words = asPid1();
    words.addAll(List.of("--", "sh", "-c", script));
    try (ChildProcess container = ChildProcess.start(words, Map.of(), folder)) {
      assertThat(container.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(6));
      assertThat(container.output().stdout()).containsExactly("looked");
    }
  }

  /** A launcher that is the first process of a container, up to its last option. */
  private List<String> asPid1(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("unshare", "--pid", "--fork", "--mount-proc", jdk.java().toString()));
    words.addAll(LauncherProcess.SMALL_JVM);
    words.addAll(List.of("-jar", BuildOutput.own().fastdeployJar().toString(), "run"));
    words.addAll(List.of("--home", bed.home().toString(), "--release", image.toString()));
    words.addAll(List.of("--commit", "c1"));
    words.addAll(List.of(options));
    return words;
  }

  @Test
  void wordsOutsideOfAsciiReachTheServiceAsTheyAreOrAreRefused() throws Exception {
    String word = "w=$(printf 'Gr\\303\\266\\303\\237e')";
    // sh -c SCRIPT LAUNCHER…, with the word in an init task, the command and a variable.
    String script =
        word
            + "; exec \"$@\" --home \"$H/$w\" --release \"$R\" --commit c1 --init \"echo i $w >&2\""
            + " --set-env \"V=$w\" -- sh -c 'printf \"%s \" \"$1\" \"$V\" \"${LC_ALL-none}\" | od"
            + " -An -c' x \"$w\"";
    String jar = BuildOutput.own().fastdeployJar().toString();
    Map<String, String> environment =
        Map.of(
            "LC_ALL", "POSIX",
            "H", folder.toString(),
            "R", image.toString(),
            "FASTDEPLOY_JAR", jar,
            "JAVA_HOME", jdk.home().toString());
    String entrypoint = BuildOutput.own().entrypoint().toString();
    try (ChildProcess launcher =
        ChildProcess.start(
            List.of("sh", "-c", script, "x", "sh", entrypoint), environment, folder)) {
      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
      String bytes = "G r 303 266 303 237 e ";
      assertThat(String.join(" ", launcher.output().stdout()).replaceAll("\\s+", " ").strip())
          .isEqualTo(bytes + bytes + "P O S I X");
    }
    try (ChildProcess launcher =
        ChildProcess.start(
            List.of("sh", "-c", script, "x", jdk.java().toString(), "-jar", jar, "run"),
            environment,
            folder)) {
      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(1));
      assertThat(launcher.output().stderr())
          .singleElement()
          .asString()
          .contains("Gr\\303\\266\\303\\237e", "LC_ALL=C.UTF-8");
    }
  }

  @Test
  void aStartScriptWithoutTheAgentIsToldAtTheStart() throws Exception {
    Path script = Files.writeString(image.resolve("start"), "#!/bin/sh\necho serving\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    LauncherProcess launcher = bed.start(bed.launcher(image, "c1").command(List.of("./start")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).containsExactly("serving");
    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.contains("without the agent") && line.contains("'./start'"));
  }

  @Test
  void whatTheServiceLeftIsEndedBeforeItsNextStart() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--reload-exit-code", 41)
                .command(List.of("sh", "-c", leaving("setsid sleep 77"))));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).containsExactly("gone");
    assertThat(launcher.output().stderr())
        .anyMatch(line -> line.matches("fastdeploy: the service left the process \\d+ .*"));
  }

  @Test
  void asPid1AlsoWhatHasWashedItsEnvironment() throws Exception {
    assumeTrue(canBePid1(), "no PID namespace can be made here: unshare --pid fails");
    List<String> words =
        asPid1("--reload-exit-code", "41", "--init", "sleep 66 >/dev/null 2>&1 & echo $! > ../i");
    words.addAll(
        List.of("--", "sh", "-c", leaving("env -i sleep 77") + "; kill -0 $(cat ../i) && echo i"));
    try (ChildProcess container = ChildProcess.start(words, Map.of(), folder)) {
      assertThat(container.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
      assertThat(container.output().stdout()).containsExactly("gone", "i");
    }
  }

  /** A service that leaves something at its first end, and looks for it at its next start. */
  private static String leaving(String command) {
    return "if [ $FASTDEPLOY_ATTEMPT = 1 ]; then ("
        + command
        + " >/dev/null 2>&1 & echo $! > ../left);"
        // Until the launcher knows its service.
        + " until grep -qsx service=$$ ${FASTDEPLOY_CHANNEL%/*}/launcher; do sleep 0.02; done;"
        + " exit 41; fi;"
        + " grep -s 'State:.[^Z]' /proc/$(cat ../left)/status || echo gone";
  }

  private static boolean canBePid1() throws Exception {
    try {
      return new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  @Test
  void aServiceThatIgnoresTermIsKilledAfterTheStopTimeout() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--stop-timeout", "500ms")
                .command(
                    List.of("sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done")));
    stop(launcher, Signal.TERM);

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(137));
  }

  @Test
  void initTasksRunInOrderBeforeTheService() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--init", "echo first $FASTDEPLOY_COMMIT")
                .option("--init", "echo second")
                .command(List.of("sh", "-c", "echo service")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).containsExactly("first c1", "second", "service");
  }

  @Test
  void anInitTaskThatFailsEndsTheLauncherWithItsCode() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .option("--init", "exit 9")
                .command(List.of("sh", "-c", "echo service")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(9));
    assertThat(launcher.output().stdout()).isEmpty();
    assertThat(launcher.output().stderr()).anyMatch(line -> line.contains("'exit 9'"));
  }

  @Test
  void whatEcsTellsReachesTheService() throws Exception {
    HttpServer metadata =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    metadata.createContext(
        "/v4/task",
        exchange -> {
          byte[] body =
              "{\"TaskARN\":\"arn:x\",\"Family\":\"shop\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    metadata.start();
    try {
      LauncherProcess launcher =
          bed.start(
              bed.launcher(image, "c1")
                  .environment(
                      "ECS_CONTAINER_METADATA_URI_V4",
                      "http://127.0.0.1:" + metadata.getAddress().getPort() + "/v4")
                  .option("--ecs-timeout", "30s")
                  .command(
                      List.of("sh", "-c", "echo $FASTDEPLOY_ECS_TASK_ARN $FASTDEPLOY_ECS_FAMILY")));

      assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
      assertThat(launcher.output().stdout()).containsExactly("arn:x shop");
    } finally {
      metadata.stop(0);
    }
  }

  @Test
  void theServiceRunsInTheRealPathOfItsRelease() throws Exception {
    LauncherProcess launcher = shell("pwd; echo $FASTDEPLOY_RELEASE");

    launcher.waitFor(TestBed.PATIENCE);
    assertThat(launcher.output().stdout())
        .containsExactly(image.toRealPath().toString(), image.toRealPath().toString());
  }

  @Test
  void relativePathsMeanTheSameToTheAgentAsToTheLauncher() throws Exception {
    LauncherProcess launcher =
        bed.start(
            bed.launcher(image, "c1")
                .directory(folder)
                .option("--store", "somewhere")
                .option("--control-token-file", "token")
                .command(
                    List.of("sh", "-c", "echo $FASTDEPLOY_STORE $FASTDEPLOY_CONTROL_TOKEN_FILE")));

    launcher.waitFor(TestBed.PATIENCE);
    assertThat(launcher.output().stdout())
        .containsExactly(folder.resolve("somewhere") + " " + folder.resolve("token"));
  }

  @Test
  void aHomeThatCannotBeWrittenServesTheImage() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    LauncherProcess launcher =
        bed.start(
            LauncherProcess.on(jdk, BuildOutput.own().fastdeployJar())
                .jvmFlag("-Djava.io.tmpdir=" + folder)
                .option("--home", file.resolve("home"))
                .option("--release", image)
                .option("--commit", "c1")
                .command(List.of("sh", "-c", "echo served")));

    assertThat(launcher.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(0));
    assertThat(launcher.output().stdout()).containsExactly("served");
    assertThat(launcher.output().stderr())
        .anyMatch(
            line -> line.contains("cannot be written") && line.contains("deploys are refused"));
  }

  @Test
  void aSecondLauncherInAHomeIsRefused() throws Exception {
    LauncherProcess first = shell("echo up; exec sleep 100");
    first.output().await(line -> line.equals("up"), TestBed.PATIENCE);

    LauncherProcess second = shell("echo second");

    assertThat(second.waitFor(TestBed.PATIENCE)).isEqualTo(OptionalInt.of(1));
    assertThat(second.output().stderr())
        .singleElement()
        .asString()
        .contains("another launcher runs in the home");
  }

  @Test
  void aServiceThatOutlivesItsKilledLauncherIsEndedByTheNext() throws Exception {
    LauncherProcess killed = shell("echo $$; exec sleep 100");
    long service =
        Long.parseLong(killed.output().await(line -> true, TestBed.PATIENCE).orElseThrow().text());
    Awaitility.await().until(() -> factsName(service));
    killed.signal(Signal.KILL);
    killed.waitFor(TestBed.PATIENCE);
    assertThat(ProcessHandle.of(service)).isPresent();

    LauncherProcess next = shell("test -d /proc/" + service + " && cat /proc/" + service + "/stat");

    next.waitFor(TestBed.PATIENCE);
    // Gone, or a zombie where nobody takes orphans in.
    assertThat(next.output().stdout()).allMatch(line -> line.contains(") Z "));
    assertThat(next.output().stderr())
        .contains(
            "fastdeploy: the service with pid "
                + service
                + " has outlived its launcher; it is stopped first");
  }

  private boolean factsName(long service) throws IOException {
    Path facts = bed.ownHome().resolve("run/launcher");
    return Files.exists(facts) && Files.readString(facts).contains("service=" + service + "\n");
  }

  @Test
  void aDanglingCurrentFallsBackToTheImage() throws Exception {
    shell("true").waitFor(TestBed.PATIENCE);
    Path state = bed.ownHome().resolve("state/state");
    Files.writeString(state, Files.readString(state).replace("proven.000=c1", "proven.000=gone"));
    Files.delete(bed.ownHome().resolve("current"));
    Files.createSymbolicLink(bed.ownHome().resolve("current"), Path.of("releases/gone"));

    LauncherProcess launcher = shell("echo $FASTDEPLOY_COMMIT");

    launcher.waitFor(TestBed.PATIENCE);
    assertThat(launcher.output().stdout()).containsExactly("c1");
  }

  @Test
  void halfAReleaseIsRemovedAtTheNextStart() throws Exception {
    shell("true").waitFor(TestBed.PATIENCE);
    Files.createDirectories(bed.ownHome().resolve("releases/.staging-1/x"));

    shell("true").waitFor(TestBed.PATIENCE);

    try (Stream<Path> entries = Files.list(bed.ownHome().resolve("releases"))) {
      assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactly("c1");
    }
  }

  private LauncherProcess shell(String script) throws IOException {
    return bed.start(bed.launcher(image, "c1").command(List.of("sh", "-c", script)));
  }

  private static void stop(LauncherProcess launcher, Signal signal) throws Exception {
    launcher.output().await(line -> line.equals("up"), TestBed.PATIENCE);
    Awaitility.await().until(() -> !launcher.descendants().isEmpty());
    launcher.signal(signal);
  }
}
