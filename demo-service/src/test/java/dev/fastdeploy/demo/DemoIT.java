package dev.fastdeploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fastdeploy.demo.process.BuildOutput;
import dev.fastdeploy.demo.process.ChildProcess;
import dev.fastdeploy.demo.process.Jdk;
import dev.fastdeploy.demo.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The demo as a user starts it: three instances under load, which is all that a machine can do. */
@Isolated
@Timeout(300)
class DemoIT {

  private static final Duration LONGEST = Duration.ofMinutes(4);

  @TempDir Path directory;
  private Path temporary;
  private Path json;

  @BeforeEach
  void createDirectories() throws IOException {
    temporary = Files.createDirectory(directory.resolve("tmp"));
    json = directory.resolve("figures.json");
  }

  @Test
  @Tag("wide")
  void allIsAsItMustBeWithInstancesOnItsOwnJdk() throws Exception {
    Map<String, Object> figures = assertGood(List.of(), Map.of());

    assertThat(figures).containsEntry("javaVersion", Jdk.running().feature());
  }

  /**
   * With instances on a newer JDK where there is one, and also where somebody has set variables for
   * a fleet and a store of his own.
   */
  @Test
  void allIsAsItMustBe() throws Exception {
    Jdk newer = Jdk.running().beside(25).orElse(Jdk.running());

    Map<String, Object> figures =
        assertGood(
            List.of("--java", newer.home().toString()),
            Map.of(
                "FASTDEPLOY_STORE", "s3://elsewhere",
                "FASTDEPLOY_ENV", "prod",
                "FASTDEPLOY_FOLLOW", "prod",
                "FASTDEPLOY_CONTROL_TLS_CA", "none.pem",
                "FASTDEPLOY_NO_SUCH_SETTING", "x",
                "AWS_PROFILE", "nobody",
                "AWS_SESSION_TOKEN", "x"));

    assertThat(figures).containsEntry("javaVersion", newer.feature());
  }

  @Test
  void interruptedItLeavesNothingBehind() throws Exception {
    try (ChildProcess demo = demo(List.of())) {
      assertThat(demo.output().await(line -> line.contains("deploying demo-2"), LONGEST))
          .isPresent();

      demo.signal(Signal.INT);

      assertThat(demo.waitFor(LONGEST)).isEqualTo(OptionalInt.of(130));
      assertNothingLeft(demo);
    }
  }

  @Test
  void wrongOptionsAreOneClearLine() throws Exception {
    try (ChildProcess demo = demo(List.of("--instances", "0"))) {
      assertThat(demo.waitFor(LONGEST)).isEqualTo(OptionalInt.of(2));
      assertThat(demo.output().stderr()).containsExactly("demo: --instances '0' must be 1 to 20");
    }
  }

  private Map<String, Object> assertGood(List<String> options, Map<String, String> variables)
      throws Exception {
    try (ChildProcess demo = demo(options, variables)) {
      OptionalInt exitCode = demo.waitFor(LONGEST);
      assertThat(exitCode)
          .as(() -> String.join("\n", demo.output().last(200)))
          .isEqualTo(OptionalInt.of(0));
      assertNothingLeft(demo);
    }
    Map<String, Object> figures = JSON.std.mapFrom(Files.readString(json));
    assertThat(figures).containsEntry("ok", true).containsEntry("problems", List.of());
    List<Map<String, Object>> steps = objects(figures, "steps");
    assertThat(steps)
        .extracting(step -> step.get("name"))
        .containsExactly("deploy of demo-2", "rollback to demo-1", "deploy of demo-3-broken");
    assertDone(steps.get(0), "demo-1", "demo-2");
    assertDone(steps.get(1), "demo-2", "demo-1");
    assertStoppedByTheCanary(steps.get(2), "demo-1");
    return figures;
  }

  private void assertDone(Map<String, Object> step, String before, String after) {
    assertThat(step).containsEntry("exitCode", 0).containsEntry("ending", "done");
    assertThat(objects(step, "instances"))
        .hasSize(3)
        .allSatisfy(
            instance -> {
              assertServed(instance, before, after);
              assertThat(instance).containsEntry("asked", true).containsEntry("result", "PROVEN");
              assertThat(number(instance, "phasesMillis", "exited")).isPositive();
              assertThat(((Number) value(instance, "firstAnswerMillis")).longValue()).isPositive();
            });
  }

  private void assertStoppedByTheCanary(Map<String, Object> step, String good) {
    assertThat(step).containsEntry("exitCode", 3).containsEntry("ending", "rolled-back");
    List<Map<String, Object>> instances = objects(step, "instances");
    assertThat(instances)
        .hasSize(3)
        .allSatisfy(instance -> assertServed(instance, good, good))
        .allSatisfy(instance -> assertThat(instance).doesNotContainKey("firstAnswerMillis"));
    assertThat(instances)
        .filteredOn(instance -> value(instance, "asked").equals(true))
        .singleElement()
        .satisfies(
            canary -> {
              assertThat(canary)
                  .containsEntry("result", "ROLLED_BACK")
                  .containsEntry("releaseExitCode", 3);
              assertThat(number(canary, "phasesMillis", "exited")).isPositive();
            });
    assertThat(instances)
        .filteredOn(instance -> value(instance, "asked").equals(false))
        .hasSize(2)
        .allSatisfy(
            other -> {
              assertThat(other).containsEntry("stayed", true).doesNotContainKey("result");
            });
  }

  private static void assertServed(Map<String, Object> instance, String before, String after) {
    assertThat(instance).containsEntry("before", before).containsEntry("after", after);
    assertThat(number(instance, "requests", "served")).isPositive();
    assertThat(number(instance, "requests", "refused")).isZero();
    assertThat(number(instance, "requests", "failed")).isZero();
  }

  private void assertNothingLeft(ChildProcess demo) throws IOException {
    assertThat(demo.descendants()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  private ChildProcess demo(List<String> options) throws IOException {
    return demo(options, Map.of());
  }

  private ChildProcess demo(List<String> options, Map<String, String> variables)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Jdk.running().java().toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                BuildOutput.own().demoJar().toString(),
                "--json",
                json.toString()));
    words.addAll(options);
    return ChildProcess.start(words, variables, directory);
  }

  private static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Object element : (List<?>) value(object, name)) {
      found.add(asObject(element));
    }
    return found;
  }

  private static long number(Map<String, Object> object, String name, String inner) {
    return ((Number) value(asObject(value(object, name)), inner)).longValue();
  }

  private static Object value(Map<String, Object> object, String name) {
    Object value = object.get(name);
    if (value == null) {
      throw new AssertionError("'" + name + "' is missing in " + object);
    }
    return value;
  }

  private static Map<String, Object> asObject(Object value) {
    Map<String, Object> object = new java.util.LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, inner) -> object.put(String.valueOf(key), inner));
    return object;
  }
}
