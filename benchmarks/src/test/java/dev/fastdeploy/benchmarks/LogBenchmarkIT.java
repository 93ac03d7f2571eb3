package dev.fastdeploy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.supervision.LoggedBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was printed comes through: the same bytes as text, an object a line as JSON. */
@Timeout(120)
class LogBenchmarkIT {

  private final LogBenchmark benchmark = new LogBenchmark();

  @RegisterExtension final NothingLeft left = new NothingLeft(benchmark::clear);

  @Test
  void everyByteThatTheServicePrintsComesThrough() throws Exception {
    benchmark.bytes = LoggedBytes.CRLF;
    benchmark.megabytes = 1;
    benchmark.write();
    byte[] printed = Files.readAllBytes(benchmark.printed());

    assertThat(printed).hasSize(1_000_000);
    assertThat(benchmark.cat()).hasBinaryContent(printed);
    assertThat(benchmark.text()).hasBinaryContent(printed);
    assertThat(messages(benchmark.json()))
        .isEqualTo(new String(printed, StandardCharsets.UTF_8).lines().toList());
  }

  private static List<String> messages(Path json) throws Exception {
    try (Stream<String> lines = Files.lines(json)) {
      return lines
          .filter(line -> line.contains("\"stream\":\"stdout\""))
          .map(line -> line.replaceFirst(".*\"message\":\"([^\"]*)\".*", "$1"))
          .toList();
    }
  }
}
