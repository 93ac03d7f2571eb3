package dev.fastdeploy.benchmarks.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fastdeploy.benchmarks.sample.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/benchmarks.md} says what its results say, and nothing else. */
class DocumentTest {

  private final Document document = Document.in(Path.of("../docs"));

  @Test
  void theDocumentIsWhatItsResultsGive() throws IOException {
    String written = document.write(ResultsFile.read(document.results()));

    assertThat(document.text())
        .as("run: java -jar benchmarks/target/benchmarks.jar docs docs/benchmarks/results.json")
        .hasContent(written);
  }

  @Test
  void theRunThatItTellsOfCameToItsEnd() throws IOException {
    assertThat(ResultsFile.read(document.results()).complete()).isTrue();
  }
}
