package dev.fastdeploy.agent.reload.module.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.agent.testing.JavaHome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each step clears what leaks without it. One JVM for all cases, on the oldest and the newest Java.
 */
class LeftoversProcessTest {

  private @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> clearsWhatLeaksWithoutTheStep() throws Exception {
    return cases(JavaHome.running());
  }

  @TestFactory
  Stream<DynamicTest> clearsWhatLeaksWithoutTheStepOnTheNewestJava() throws Exception {
    Optional<JavaHome> newest = JavaHome.newest();
    assumeTrue(newest.isPresent(), "no JDK 25 or later beside the running one");
    return cases(newest.get());
  }

  private Stream<DynamicTest> cases(JavaHome java) throws Exception {
    List<String[]> results =
        Lab.run(java, directory, "-XX:+UseSerialGC", LeakLab.class.getName()).stream()
            .map(line -> line.split("\\|", -1))
            .toList();
    return LeakCase.ALL.stream()
        .filter(each -> each.isFor(java.feature()))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name() + " on " + java.feature(), () -> check(each, results)));
  }

  private static void check(LeakCase each, List<String[]> results) {
    String[] result =
        results.stream().filter(line -> line[0].equals(each.name())).findFirst().orElseThrow();
    assertThat(result[1])
        .as("collected without the step: %s", Arrays.asList(result))
        .isEqualTo("false");
    assertThat(result[3]).as("what remains without the step").isNotEmpty();
    assertThat(result[2])
        .as("collected with the step: %s", Arrays.asList(result))
        .isEqualTo("true");
    assertThat(result[4]).as("what could not be cleared").isEmpty();
  }
}
