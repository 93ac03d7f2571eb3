package dev.fastdeploy.benchmarks.simulation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fastdeploy.benchmarks.simulation.rollout.RestartTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartTimesFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("times.json");
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    RestartTimesFile.write(file, "a test", List.of(800.4, 700.6), List.of(4400.0));

    RestartTimes times = RestartTimesFile.read(file);

    assertThat(times.origin()).isEqualTo(RestartTimes.Origin.MEASURED);
    assertThat(times.source()).isEqualTo("a test");
    assertThat(times.stage().millis(0)).isEqualTo(701);
    assertThat(times.stage().longest()).isEqualTo(800);
    assertThat(times.restart().millis(0.99)).isEqualTo(4400);
    assertThat(times.text()).startsWith("measured (a test): ");
  }

  @Test
  void theFormInTheDocumentIsRead() throws IOException {
    String document = Files.readString(Path.of("../docs/simulation.md"));
    int begin = document.indexOf("```json\n") + "```json\n".length();
    Files.writeString(file, document.substring(begin, document.indexOf("```", begin)));

    assertThat(RestartTimesFile.read(file).restart().longest()).isEqualTo(4412);
  }

  @Test
  void anAssumptionNeverPassesForAMeasurement() {
    assertThat(RestartTimes.PRELIMINARY.text()).startsWith("not measured by this suite");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "nonsense | is not JSON",
        "[] | it must hold one object",
        "{} | \"source\" must be one line",
        "{\"source\": \"x\\ny\"} | \"source\" must be one line",
        "{\"source\": \"x\"} | \"stageMillis\" must be a list",
        "{\"source\": \"x\", \"stageMillis\": []} | \"stageMillis\" must be a list",
        "{\"source\": \"x\", \"stageMillis\": [-1]} | holds '-1'",
        "{\"source\": \"x\", \"stageMillis\": [\"a\"]} | holds 'a'",
        "{\"source\": \"x\", \"stageMillis\": [1e9]} | not a time from 0 to 3600000 ms",
        "{\"source\": \"x\", \"stageMillis\": [1]} | \"restartMillis\" must be a list",
      })
  void whatHoldsNoTimesIsRefusedInOneLine(String content, String reason) throws IOException {
    Files.writeString(file, content);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartTimesFile.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(reason)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatIOException()
        .isThrownBy(() -> RestartTimesFile.read(file))
        .withMessage("there is no file '" + file + "' of restart times");
  }
}
