package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens written reports in a real browser. */
class HtmlReportBrowserTest {

  private static final Path KEPT = Path.of("target", "report").toAbsolutePath();

  @TempDir Path folder;
  private Chromium chromium = new Chromium(Path.of(""), java.util.List.of());

  @BeforeEach
  void findChromium() {
    Optional<Chromium> found = Chromium.find();
    assumeTrue(found.isPresent(), "skipped: the search path has no chromium");
    chromium = found.orElseThrow();
  }

  @Test
  void everyChartIsDrawn() throws IOException {
    Files.createDirectories(KEPT);
    Path report = KEPT.resolve("report.html");
    HtmlReport.write(Reports.everything(), report);

    chromium.screenshot(report.toUri().toString(), KEPT.resolve("report.png"), 1200, 3600);

    DrawnPage page = DrawnPage.of(chromium.dom(report.toUri().toString()));
    assertThat(page).isEqualTo(new DrawnPage(5, 5, 0, 0, ""));
    assertThat(KEPT.resolve("report.png")).isNotEmptyFile();
  }
}
