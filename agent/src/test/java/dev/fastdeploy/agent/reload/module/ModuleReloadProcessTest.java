package dev.fastdeploy.agent.reload.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fastdeploy.agent.testing.JavaHome;
import dev.fastdeploy.agent.testing.Jvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The strategy in a JVM of its own, driven by its standard input. */
class ModuleReloadProcessTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private @TempDir Path root;
  private ReleaseFixture fixture;

  /** The JVMs that services run on. */
  enum Java {
    RUNNING,
    NEWEST;

    JavaHome home() {
      if (this == RUNNING) {
        return JavaHome.running();
      }
      Assumptions.assumeTrue(
          JavaHome.newest().isPresent(), "no JDK 25 or later is installed beside this one");
      return JavaHome.newest().orElseThrow();
    }
  }

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

  private static void reload(Jvm jvm, Path from, Path to) throws Exception {
    assertThat(ask(jvm, "reload " + from + " " + to)).isEqualTo("null");
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

  private static void awaitLine(Jvm jvm, String line) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(jvm.out()).as("stderr %s", jvm.err()).contains(line));
  }
}
