package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.contract.Release;
import dev.fastdeploy.release.store.ReleaseStore.ArchiveKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StagingBenchmarkTest {

  @ParameterizedTest
  @EnumSource(ArchiveKind.class)
  void itStagesAWholeReleaseEachTime(ArchiveKind kind) throws Exception {
    StagingBenchmark benchmark = new StagingBenchmark();
    benchmark.kind = kind;
    benchmark.files = 7;
    benchmark.bytes = 1000;
    benchmark.publish();
    try {
      Object first = stageAndCheck(benchmark);
      assertThat(stageAndCheck(benchmark)).isNotEqualTo(first);
    } finally {
      benchmark.clear();
    }
  }

  /** The inode tells whether the second time it was written again. */
  private static Object stageAndCheck(StagingBenchmark benchmark) throws Exception {
    benchmark.emptyHome();
    Release release = benchmark.stage();
    Path library = release.directory().resolve("lib/library-3.jar");
    assertThat(library).hasSize(1000);
    try (Stream<Path> libraries = Files.list(release.directory().resolve("lib"))) {
      assertThat(libraries).hasSize(7);
    }
    return Files.getAttribute(library, "unix:ctime");
  }
}
