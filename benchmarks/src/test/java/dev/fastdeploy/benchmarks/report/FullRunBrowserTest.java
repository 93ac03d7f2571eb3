package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fastdeploy.benchmarks.sample.ResultsFile;
import dev.fastdeploy.benchmarks.summary.ResultsReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The report of a real run, as a person opens it. */
class FullRunBrowserTest {

  private static final Path RESULTS = Path.of("../docs/benchmarks/results.json");
  private static final Path KEPT = Path.of("target", "report").toAbsolutePath();

  @Test
  void everyChartOfTheFullRunIsDrawnAndTheScreenshotKept() throws IOException {
    Optional<Chromium> chromium = Chromium.find();
    assumeTrue(chromium.isPresent(), "skipped: the search path has no chromium");
    Files.createDirectories(KEPT);
    Path report = KEPT.resolve("full-run.html");
    Path screenshot = KEPT.resolve("full-run.png");
    Files.deleteIfExists(screenshot);

    HtmlReport.write(ResultsReport.of(ResultsFile.read(RESULTS)), report);
    chromium.get().screenshot(report.toUri().toString(), screenshot, 1200, 6000);

    DrawnPage page = DrawnPage.of(chromium.get().dom(report.toUri().toString()));
    page.mustBeComplete(report);
    assertThat(page.charts()).isPositive();
    assertThat(screenshot).isNotEmptyFile();
  }
}
