package dev.fastdeploy.agent.reload.module.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.fastdeploy.agent.testing.JavaHome;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts are collected/pending/leaked. */
class LoaderWatchProcessTest {

  private @TempDir Path directory;

  /** The running one, and the newest if there is one. */
  static Stream<JavaHome> javas() {
    return Stream.concat(Stream.of(JavaHome.running()), JavaHome.newest().stream());
  }

  @ParameterizedTest
  @MethodSource("javas")
  void tellsCollectedFromLeakedAndWhatHolds(JavaHome java) throws Exception {
    Map<String, String> facts = run(java, "explicit", "-XX:+UseSerialGC");

    assertThat(facts)
        .contains(entry("young collection", "true"), entry("canary gone by it", "false"))
        .contains(entry("collected", "1/0/0"))
        .contains(entry("metaspace", "true"), entry("server", "null"))
        .contains(entry("leaking cleared", "1/0/0"));
    assertThat(facts.get("leaking"))
        .startsWith("0/0/1[bbb: thread local of thread 'main' with a ")
        .contains("ThreadLocalApp");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void countsTheSameWithAConcurrentCollector(JavaHome java) throws Exception {
    assertThat(run(java, "explicit", "-XX:+UseG1GC"))
        .contains(entry("young collection", "true"), entry("canary gone by it", "false"))
        .contains(entry("collected", "1/0/0"), entry("leaking cleared", "1/0/0"));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void staysPendingWhereTheJvmDoesNotCollectWhenAsked(JavaHome java) throws Exception {
    assertThat(run(java, "unasked", "-XX:+UseSerialGC", "-XX:+DisableExplicitGC"))
        .contains(entry("asking ended", "true"), entry("unasked", "0/1/0"))
        .contains(entry("unasked after others", "0/0/1"));
  }

  @ParameterizedTest
  @CsvSource({"explicit, -XX:-DisableExplicitGC", "unasked, -XX:+DisableExplicitGC"})
  void whatStaysPendingFromDeployToDeployCounts(String kind, String flag) throws Exception {
    assertThat(run(JavaHome.running(), kind, "-XX:+UseSerialGC", flag))
        .contains(
            entry("staying after 1", "0 0/1/0"),
            entry("staying after 2", "1 0/2/0"),
            entry("staying after 3", "2 0/3/0"));
  }

  private Map<String, String> run(JavaHome java, String kind, String... flags) throws Exception {
    String[] arguments =
        Stream.concat(Stream.of(flags), Stream.of(WatchLab.class.getName(), kind))
            .toArray(String[]::new);
    return Facts.of(Lab.run(java, directory, arguments));
  }
}
