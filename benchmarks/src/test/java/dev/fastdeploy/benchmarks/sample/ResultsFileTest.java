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
            List.of(new RunFailure("series demo", "it broke")),
            List.of());
    Path file = folder.resolve("results.json");

    ResultsFile.write(results, file);
    ResultsFile.write(results, file);

    assertThat(ResultsFile.read(file)).isEqualTo(results);
    assertThat(folder).isDirectoryContaining(only -> only.equals(file));

    Results apart =
        new Results(
            "instance",
            Machine.here(),
            new TreeMap<>(Map.of("tini", "0.19")),
            30,
            true,
            List.of(new SampleBuilder("series", 1).measured(Figure.START, 2).build()),
            List.of(),
            List.of());
    Results both = results.with(results.with(apart)).with(apart);

    ResultsFile.write(both, file);

    assertThat(ResultsFile.read(file)).isEqualTo(both);
    assertThat(both.samples()).containsExactly(sample, apart.samples().get(0));
    assertThat(both.versions()).containsOnlyKeys("JMH", "tini");
    assertThat(both.parts())
        .filteredOn(part -> part.form().equals("instance"))
        .singleElement()
        .satisfies(part -> assertThat(part.benchmarks()).containsExactly("series"));
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
