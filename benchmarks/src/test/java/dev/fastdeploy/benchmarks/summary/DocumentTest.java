package dev.fastdeploy.benchmarks.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.benchmarks.report.Chart;
import dev.fastdeploy.benchmarks.report.ChartPictures;
import dev.fastdeploy.benchmarks.report.HtmlReport;
import dev.fastdeploy.benchmarks.report.Report;
import dev.fastdeploy.benchmarks.sample.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void everyChartCanBeDrawn(@TempDir Path folder) throws IOException {
    assumeTrue(ChartPictures.possible(), "there is no chromium on the path that could draw");
    Report report = ResultsReport.of(ResultsFile.read(document.results()));
    Path html = folder.resolve("report.html");
    HtmlReport.write(report, html);

    assertThat(ChartPictures.draw(html, folder).keySet())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(report.charts().stream().map(Chart::id).toList());
  }

  @Test
  void theRunThatItTellsOfCameToItsEnd() throws IOException {
    assertThat(ResultsFile.read(document.results()).complete()).isTrue();
  }
}
