package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import dev.fastdeploy.agent.testing.ReleasedPlugIn;
import dev.fastdeploy.agent.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The strategy in a JVM of its own, driven by its standard input. */
class ModuleReloadProcessTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private @TempDir Path root;
  private ReleaseFixture fixture;

  @BeforeEach
  void setUp() throws Exception {
    fixture = new ReleaseFixture(root);
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void runsTheNextReleaseInTheSameJvm(Java java) throws Exception {
    Path first = fixture.release("aaa", "hook hook-ends-main await-end");
    Path second = fixture.release("bbb", "hook await:end");
    try (Jvm jvm = fixture.start(java.home(), first, "x", "y")) {
      awaitLine(jvm, "aaa: main on main [x, y]");
      assertThat(ask(jvm, "obstacle")).isEqualTo("Optional.empty");

      reload(jvm, first, second);

      awaitLine(jvm, "bbb: main on main [x, y]");
      assertThat(jvm.out())
          .containsSubsequence("driver: draining PT2S", "aaa: hook", "driver: reloading");
      assertThat(jvm.out()).contains("aaa: main ends");
      fixture.signal("end");
      ask(jvm, "proven");
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out().stream().filter("aaa: hook"::equals)).hasSize(1);
      assertThat(jvm.out().stream().filter("bbb: hook"::equals)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void refusesANextReleaseThatAsksForTheEnd(Java java) throws Exception {
    Path first = fixture.release("aaa", "hook await:end");
    Path second = fixture.release("bbb", "hook exit:3");
    try (Jvm jvm = running(java.home(), first)) {
      reload(jvm, first, second);

      await().atMost(LONG).until(() -> ask(jvm, "failure").contains("exit code 3"));
      assertThat(ask(jvm, "restore " + first)).isEqualTo("null");
      await()
          .atMost(LONG)
          .until(() -> jvm.out().stream().filter("aaa: main on main []"::equals).count() == 2);
      assertThat(jvm.out()).contains("bbb: hook").doesNotContain("bbb: System.exit returned");
      assertThat(ask(jvm, "failure")).isEqualTo("Optional.empty");
      ask(jvm, "restored");
      fixture.signal("end");
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out().stream().filter("aaa: hook"::equals)).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "throw, its main class dev.fastdeploy.agent.testing.ReleasedApplication failed:"
        + " IllegalStateException: broken",
    "nothing, 'its main ended, and no thread of it keeps the JVM alive'",
    "daemon:never, 'its main ended, and no thread of it keeps the JVM alive'",
    "halt:5, 'it asked for the end of the JVM, with exit code 5'",
    "child-exit, 'it asked for the end of the JVM, with exit code 6'"
  })
  void tellsWhyTheNextReleaseIsNoGood(String step, String reason) throws Exception {
    Path first = fixture.release("aaa", "hook-ends-main await-end");
    Path second = fixture.release("bbb", step);
    try (Jvm jvm = running(JavaHome.running(), first)) {
      reload(jvm, first, second);

      await().atMost(LONG).until(() -> ask(jvm, "failure").equals("Optional[" + reason + "]"));
      assertThat(jvm.alive()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void livesThroughAReloadWithDaemonThreadsAlone(Java java) throws Exception {
    Path first = fixture.release("aaa", "hook-ends-main slow-hook await-end");
    Path second = fixture.release("bbb", "await:end");
    try (Jvm jvm = running(java.home(), first)) {
      reload(jvm, first, second);

      assertThat(jvm.out())
          .containsSubsequence(
              "aaa: main ends",
              "driver: note the shutdown hook the-slow-hook did not end within 2000 ms",
              "driver: reloading");
      awaitMain(jvm, second);
      ask(jvm, "proven");
      assertThat(jvm.alive()).isTrue();
      fixture.signal("end");
      assertThat(jvm.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void aReleaseOnProbationHasTheEndThatItAskedForWhenTheProcessIsToEnd(Java java) throws Exception {
    Path first = fixture.release("aaa", "hook-ends-main await-end");
    Path second = fixture.release("bbb", "hook exiting-thread:exits await:end");
    try (Jvm jvm = reloaded(java.home(), first, second)) {
      fixture.signal("exits");
      await().atMost(LONG).until(() -> ask(jvm, "failure").contains("exit code 9"));
      assertThat(jvm.out()).doesNotContain("bbb: hook");

      jvm.input("processEnds");

      assertThat(jvm.exitCode()).isEqualTo(9);
      assertThat(jvm.out()).contains("bbb: hook");
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void aHandlerOfTermEndsTheJvmOnProbationAndInTheMiddleOfAReload(Java java) throws Exception {
    Path first = fixture.release("aaa", "term-exits:4 slow-hook await:end");
    Path second = fixture.release("bbb", "term-exits:5 await:end");
    try (Jvm jvm = running(java.home(), first)) {
      jvm.input("reload " + first + " " + second);
      awaitLine(jvm, "driver: draining PT2S");

      jvm.terminate();

      assertThat(jvm.exitCode()).isEqualTo(4);
    }
    Path third = fixture.release("ccc", "await:end");
    try (Jvm jvm = reloaded(java.home(), third, second)) {
      jvm.terminate();

      assertThat(jvm.exitCode()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void aHookOfAReleaseOnProbationMayHaltTheEndingJvm(Java java) throws Exception {
    Path first = fixture.release("aaa", "hook-ends-main await-end");
    Path second = fixture.release("bbb", "halting-hook:7 await:end");
    try (Jvm jvm = reloaded(java.home(), first, second)) {
      jvm.terminate();

      assertThat(jvm.exitCode()).isEqualTo(7);
    }
  }

  @Test
  void aReleaseThatIsGoneWhenItIsStartedAgainIsAFailureAndNotTheEndOfTheJvm() throws Exception {
    Path first = fixture.release("aaa", "hook-ends-main await-end");
    Path second = fixture.release("bbb", "nothing");
    try (Jvm jvm = running(JavaHome.running(), first)) {
      reload(jvm, first, second);
      awaitLine(jvm, "bbb: main ends");
      Files.move(first, root.resolve("gone"));

      assertThat(ask(jvm, "restore " + first)).isEqualTo("null");

      await().atMost(LONG).until(() -> ask(jvm, "failure").contains("ClassNotFoundException"));
      assertThat(jvm.alive()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void redefinedClassesAreStillLedToTheAgent(Java java) throws Exception {
    String steps = "exiting-thread:exits await:redefined tell";
    Path first = fixture.release("aaa", steps);
    Path second = fixture.releaseWithAnotherBody("bbb", "aaa", steps);
    Path third = fixture.release("ccc", "await:end");
    try (Jvm jvm = running(java.home(), first)) {
      assertThat(ask(jvm, "redefine " + first + " " + second)).isEqualTo("null");
      fixture.signal("redefined");
      awaitLine(jvm, "aaa: new body");
      reload(jvm, second, third);
      awaitMain(jvm, third);

      fixture.signal("exits");

      awaitLine(jvm, "aaa: asks for the end");
      await()
          .atMost(LONG)
          .until(() -> jvm.err().stream().anyMatch(l -> l.contains("ReplacedCodeError")));
      assertThat(jvm.alive()).isTrue();
    }
  }

  @Test
  void oldCodeCannotEndTheJvm() throws Exception {
    Path first = fixture.release("aaa", "exiting-thread:old-exits");
    Path second = fixture.release("bbb", "await:end");
    try (Jvm jvm = fixture.start(JavaHome.running(), first)) {
      awaitLine(jvm, "aaa: main ends");
      replace(jvm, first, second);

      fixture.signal("old-exits");

      awaitLine(jvm, "aaa: asks for the end");
      await()
          .atMost(LONG)
          .until(() -> jvm.err().stream().anyMatch(l -> l.contains("ReplacedCodeError")));
      assertThat(jvm.alive()).isTrue();
      fixture.signal("end");
      assertThat(jvm.exitCode()).isZero();
      assertThat(jvm.out()).doesNotContain("aaa: System.exit returned");
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void reloadsAgainAndAgain(Java java) throws Exception {
    Path current = fixture.release("r0", "hook hook-ends-main await-end");
    try (Jvm jvm = running(java.home(), current)) {
      for (int i = 1; i <= 3; i++) {
        Path next = fixture.release("r" + i, "hook hook-ends-main await-end");
        reload(jvm, current, next);
        awaitMain(jvm, next);
        assertThat(ask(jvm, "failure")).isEqualTo("Optional.empty");
        ask(jvm, "proven");
        current = next;
      }
      jvm.terminate();

      assertThat(jvm.exitCode()).isEqualTo(143);
      for (int i = 0; i <= 3; i++) {
        String hook = "r" + i + ": hook";
        assertThat(jvm.out().stream().filter(hook::equals)).as(hook).hasSize(1);
      }
    }
  }

  @Test
  void aLaterMainThatFailsEndsTheJvmWithOneOnceNothingElseRuns() throws Exception {
    Path first = fixture.release("aaa", "hook-ends-main await-end");
    Path second = fixture.release("bbb", "thread:end await:fail throw");
    try (Jvm jvm = running(JavaHome.running(), first)) {
      replace(jvm, first, second);
      fixture.signal("fail");
      await().atMost(LONG).until(() -> jvm.err().stream().anyMatch(l -> l.contains("broken")));
      assertThat(jvm.alive()).isTrue();
      fixture.signal("end");

      assertThat(jvm.exitCode()).isEqualTo(1);
      assertThat(jvm.err())
          .contains("Exception in thread \"main\" java.lang.IllegalStateException: broken");
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void aPlugInBelowTheSystemLoaderFindsItsOwnRelease(Java java) throws Exception {
    Path plugIn = new TestJar().type(ReleasedPlugIn.class).write(root.resolve("plug-in.jar"));
    Path first = fixture.release("aaa", "plug-in:" + plugIn + " await:end");
    Path second = fixture.release("bbb", "plug-in:" + plugIn + " await:end");
    try (Jvm jvm = running(java.home(), first)) {
      awaitLine(jvm, "aaa: plug-in at home");

      replace(jvm, first, second);

      awaitLine(jvm, "bbb: plug-in at home");
      assertThat(jvm.out()).noneMatch(line -> line.contains("strange"));
    }
  }

  @Test
  void examinesWhatIsStaged() throws Exception {
    Path first = fixture.release("aaa", "await:end");
    Path good = fixture.release("bbb", "await:end");
    Path empty = fixture.home().newStagingDirectory();
    Files.createDirectory(empty.resolve("classes"));
    Path without = fixture.publish(empty, "ccc");
    Path nothing = fixture.publish(fixture.home().newStagingDirectory(), "ddd");
    try (Jvm jvm = fixture.start(JavaHome.running(), first)) {
      assertThat(ask(jvm, "examine " + first + " " + good)).isEqualTo("null");
      assertThat(ask(jvm, "examine " + first + " " + without))
          .isEqualTo(
              "the release has no class dev.fastdeploy.agent.testing.ReleasedApplication, the main"
                  + " class, on its class path");
      assertThat(ask(jvm, "examine " + first + " " + nothing))
          .isEqualTo("the release lacks 'classes', which the command names on its class path");
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void refusesWhileANativeLibraryIsLoaded(Java java) throws Exception {
    Path library = java.home().path().resolve("lib/libprefs.so");
    Path first = fixture.release("aaa", "library:" + library + " await:end");
    Path second = fixture.release("bbb", "nothing");
    try (Jvm jvm = running(java.home(), first)) {
      String reason =
          "the service has loaded the native library 'libprefs.so', which no second class loader"
              + " can load; use the strategy process";
      await()
          .atMost(LONG)
          .until(
              () ->
                  ask(jvm, "obstacle")
                      .equals("Optional[Obstacle[reason=" + reason + ", processInstead=false]]"));
      assertThat(ask(jvm, "reload " + first + " " + second)).isEqualTo(reason);
      assertThat(jvm.out()).noneMatch(line -> line.contains("draining"));
    }
  }

  @ParameterizedTest
  @EnumSource(Java.class)
  void followsOldLoadersUntilTheyAreCollected(Java java) throws Exception {
    Path first = fixture.release("aaa", "hook thread:never daemon:never await-end");
    Path second = fixture.release("bbb", "await:end");
    try (Jvm jvm = running(java.home(), first)) {
      replace(jvm, first, second);
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(ask(jvm, "oldLoaders"))
                      .contains("collected=1, pending=0, leaked=0", "secondCopies=[]"));
    }
  }

  /** A JVM in which the release's main has begun. */
  private Jvm running(JavaHome java, Path release) throws Exception {
    return running(java, release, jvm -> {});
  }

  /** A JVM in which the main of a second release has begun, after a first one; it is not proven. */
  private Jvm reloaded(JavaHome java, Path first, Path second) throws Exception {
    return running(
        java,
        first,
        jvm -> {
          reload(jvm, first, second);
          awaitMain(jvm, second);
        });
  }

  private Jvm running(JavaHome java, Path release, ThrowingConsumer<Jvm> then) throws Exception {
    Jvm jvm = fixture.start(java, release);
    try {
      awaitMain(jvm, release);
      then.accept(jvm);
      return jvm;
    } catch (Throwable failure) {
      jvm.close();
      throw failure;
    }
  }

  /** Reloads to a release that is proven then. */
  private static void replace(Jvm jvm, Path from, Path to) throws Exception {
    reload(jvm, from, to);
    awaitMain(jvm, to);
    ask(jvm, "proven");
  }

  private static void reload(Jvm jvm, Path from, Path to) throws Exception {
    assertThat(ask(jvm, "reload " + from + " " + to)).as("stderr %s", jvm.err()).isEqualTo("null");
  }

  /** Asks the driver and waits for its answer. */
  private static String ask(Jvm jvm, String question) throws Exception {
    String start = "driver: " + question.split(" ", 2)[0] + " -> ";
    long before = answers(jvm, start);
    jvm.input(question);
    await().atMost(LONG).until(() -> answers(jvm, start) > before);
    return jvm.out().stream()
        .filter(line -> line.startsWith(start))
        .skip(before)
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  private static long answers(Jvm jvm, String start) {
    return jvm.out().stream().filter(line -> line.startsWith(start)).count();
  }

  private static void awaitMain(Jvm jvm, Path release) {
    awaitLine(jvm, release.getFileName() + ": main on main []");
  }

  private static void awaitLine(Jvm jvm, String line) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(jvm.out()).as("stderr %s", jvm.err()).contains(line));
  }
}
