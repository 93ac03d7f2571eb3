package dev.fastdeploy.benchmarks.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fastdeploy.benchmarks.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

  @TempDir Path folder;

  private final Sample sample =
      new SampleBuilder("reload", 2)
          .with("strategy", "process")
          .with("load", 0)
          .measured(Figure.FIRST_ANSWER, 412.5)
          .measuredNanos(Figure.STAGE, 1_500_000)
          .noted("")
          .noted("first\nsecond")
          .build();

  @Test
  void resultsAreReadAsTheyWereWritten() throws IOException {
    Results results =
        new Results(
            "short",
            Machine.here(),
            new TreeMap<>(Map.of("JMH", "1.37")),
            12.5,
            true,
            List.of(sample, new SampleBuilder("series", 1).refused("no \"way\"").build()),
            List.of(new RunFailure("series demo", "it broke")));
    Path file = folder.resolve("results.json");

    ResultsFile.write(results, file);
    ResultsFile.write(results, file);

    assertThat(ResultsFile.read(file)).isEqualTo(results);
    assertThat(folder).isDirectoryContaining(only -> only.equals(file));
  }

  @Test
  void aSampleIsOneLine() {
    assertThat(SampleJson.line(sample)).doesNotContain("\n").contains("first second");
    assertThat(sample.figure(Figure.STAGE)).hasValue(1.5);
    assertThat(sample.succeeded()).isTrue();
  }

  @Test
  void whatIsNoResultIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"format\": 7}");

    assertThatThrownBy(() -> ResultsFile.read(file))
        .hasMessageContaining("other.json")
        .hasMessageContaining("format is not 1");
    assertThatThrownBy(() -> ResultsFile.read(folder.resolve("absent.json")))
        .hasMessageContaining("absent.json");
    Files.writeString(file, "no json");
    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("\n");
  }
}
