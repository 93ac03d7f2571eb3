package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.release.format.ReleaseFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StagingBenchmarkTest {

  private static final int FILES = 7;

  private final StagingBenchmark benchmark = new StagingBenchmark();

  @BeforeEach
  void small() {
    benchmark.files = FILES;
    benchmark.bytes = 1000;
  }

  @AfterEach
  void clear() {
    benchmark.clear();
  }

  @ParameterizedTest
  @EnumSource(ReleaseFormat.class)
  void itStagesAWholeReleaseEachTime(ReleaseFormat kind) throws Exception {
    benchmark.kind = kind;
    benchmark.publish();

    assertAnewEachTime(benchmark::stage);
  }

  @Test
  void theScriptUnpacksTheSameReleaseEachTime() throws Exception {
    benchmark.publish();

    assertAnewEachTime(benchmark::curlTar);
    assertAnewEachTime(benchmark::curlTarSync);
  }

  @Test
  void theScriptRefusesWhatItCannotUnpack() throws Exception {
    benchmark.kind = ReleaseFormat.TAR_ZST;
    benchmark.publish();
    benchmark.emptyHome();

    assertThatThrownBy(benchmark::curlTar).hasMessageContaining("TAR_GZ only");
  }

  @Test
  void anUnknownSourceIsRefusedAndLeavesNothing() {
    benchmark.source = "tape";

    assertThatThrownBy(benchmark::publish).hasMessageContaining("'tape' is unknown");
  }

  /** The change time tells whether the second time it was written again. */
  private void assertAnewEachTime(Stager stager) throws Exception {
    Object first = stageAndCheck(stager);
    assertThat(stageAndCheck(stager)).isNotEqualTo(first);
  }

  private Object stageAndCheck(Stager stager) throws Exception {
    benchmark.emptyHome();
    Path release = stager.stage();
    Path library = release.resolve("lib/library-3.jar");
    assertThat(library).hasSize(1000);
    try (Stream<Path> libraries = Files.list(release.resolve("lib"))) {
      assertThat(libraries).hasSize(FILES);
    }
    return Files.getAttribute(library, "unix:ctime");
  }

  private interface Stager {
    Path stage() throws Exception;
  }
}
