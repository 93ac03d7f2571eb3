package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the S3 server, which is there once the module was packaged. */
@Timeout(120)
class StagingBenchmarkIT {

  private final StagingBenchmark benchmark = new StagingBenchmark();

  @AfterEach
  void clear() {
    benchmark.clear();
  }

  @Test
  void fastdeployAndTheScriptGetTheSameReleaseFromTheSameServer() throws Exception {
    benchmark.source = "s3";
    benchmark.files = 3;
    benchmark.bytes = 1000;
    benchmark.publish();

    benchmark.emptyHome();
    byte[] staged = library(benchmark.stage());
    benchmark.emptyHome();
    assertThat(library(benchmark.curlTar())).isEqualTo(staged);
    benchmark.emptyHome();
    assertThat(library(benchmark.curlTarSync())).isEqualTo(staged);
  }

  private static byte[] library(Path release) throws Exception {
    return java.nio.file.Files.readAllBytes(release.resolve("lib/library-2.jar"));
  }
}
