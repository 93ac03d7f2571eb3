package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens written reports in a real browser. */
class HtmlReportBrowserTest {

  private static final Path KEPT = Path.of("target", "report").toAbsolutePath();
  private static final String HOSTILE =
      "</script><script>document.title='run'</script><img src=x onerror=alert(1)> & \" ' `a<b`";
  private static final String IMAGE = "<main><img src=\"http://report.invalid/a.png\">";

  @TempDir Path folder;
  private Chromium chromium = new Chromium(Path.of(""), List.of());

  @BeforeEach
  void findChromium() {
    Optional<Chromium> found = Chromium.find();
    assumeTrue(found.isPresent(), "skipped: the search path has no chromium");
    chromium = found.orElseThrow();
  }

  @Test
  void everyChartIsDrawnAndTheScreenshotKept() throws IOException {
    Files.createDirectories(KEPT);
    Path report = KEPT.resolve("report.html");
    Path screenshot = KEPT.resolve("report.png");
    Files.deleteIfExists(screenshot);
    HtmlReport.write(Reports.everything(), report);

    chromium.screenshot(report.toUri().toString(), screenshot, 1200, 3700);

    assertThat(open(report)).isEqualTo(new DrawnPage(5, 5, 11, 11, 0, 0, ""));
    assertThat(colours(ImageIO.read(screenshot.toFile()))).isGreaterThan(20);
  }

  @Test
  void nothingIsAskedForOutsideOfThePage() throws IOException {
    String html = HtmlReport.text(Reports.everything());
    assertThat(html).doesNotContain("google");
    Path report = written(html);
    try (CountingProxy proxy = new CountingProxy()) {
      proxy.before(chromium).dom(report.toUri().toString());

      assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void aRequestThatLeavesThePageWouldBeNoticed() throws IOException {
    String html = HtmlReport.text(Reports.everything());
    Path open = written(html.replaceFirst("<meta http-equiv[^>]*>", "").replace("<main>", IMAGE));
    try (CountingProxy proxy = new CountingProxy()) {
      String dom = proxy.before(chromium).dom(open.toUri().toString());

      assertThat(proxy.requests()).anyMatch(line -> line.contains("http://report.invalid/a.png"));
      assertThat(DrawnPage.of(dom).requests()).isEqualTo(1);
    }
  }

  @Test
  void thePolicyRefusesWhatWouldLeaveThePage() throws IOException {
    String html = HtmlReport.text(Reports.everything());
    Path report = written(html.replace("<main>", IMAGE));
    try (CountingProxy proxy = new CountingProxy()) {
      Chromium behind = proxy.before(chromium);
      // The browser tells of a refusal later, which on a busy machine is after the page is dumped.
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptions()
          .until(
              () -> DrawnPage.of(behind.dom(report.toUri().toString())).firstError(),
              "refused: http://report.invalid/a.png"::equals);

      assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void aChartWithBrokenDataIsNotCountedAsDrawn() throws IOException {
    String html = HtmlReport.text(Reports.everything());

    DrawnPage page = open(written(html.replace("\"kind\":\"bars\"", "\"kind\":\"pie\"")));

    assertThat(page.charts()).isEqualTo(5);
    assertThat(page.drawn()).isEqualTo(3);
    assertThat(page.errors()).isEqualTo(2);
    assertThat(page.firstError()).startsWith("first-answer: ");
  }

  @Test
  void anEmptyCanvasIsNotCountedAsDrawn() throws IOException {
    String html = HtmlReport.text(Reports.everything());

    DrawnPage page = open(written(html.replaceAll("\\[([\\d.]+),[\\d.]+\\]", "[$1,null]")));

    assertThat(page.drawn()).isEqualTo(2);
    assertThat(page.firstError()).isEqualTo("memory: nothing was drawn");
  }

  @Test
  void aPageWithoutTheLibraryDrawsNothingAndSaysSo() throws IOException {
    String html = HtmlReport.text(Reports.everything());
    int last = html.lastIndexOf("<script>");

    DrawnPage page = open(written(html.substring(0, last) + "</body></html>"));

    assertThat(page.drawn()).isZero();
    assertThat(page.firstError()).isEqualTo("first-answer: Chart is not defined");
  }

  @Test
  void textsOfAReportNeitherRunNorBreakThePage() throws IOException {
    Path report = folder.resolve("hostile.html");
    HtmlReport.write(hostile(), report);

    String dom = chromium.dom(report.toUri().toString());

    assertThat(DrawnPage.of(dom)).isEqualTo(new DrawnPage(2, 2, 2, 2, 0, 0, ""));
    assertThat(dom).doesNotContain("<img").doesNotContain("<title>run");
    assertThat(dom).contains("<code>a&lt;b</code>");
  }

  @Test
  void aChartOfZerosIsDrawnWithoutAnythingToSee() throws IOException {
    Chart zeros =
        new BarChart(
            "zeros",
            "Requests failed",
            "Strategy",
            List.of("process", "module"),
            Axis.linear("Requests", ""),
            List.of(new BarSeries("failed", Map.of("process", Spread.once(0)))));
    Path report = folder.resolve("zeros.html");
    HtmlReport.write(new Report("Zeros", "", List.of(Section.of("a", "A", zeros))), report);

    assertThat(open(report)).isEqualTo(new DrawnPage(1, 1, 0, 0, 0, 0, ""));
  }

  @Test
  void chartsBecomePictures() throws IOException {
    Path report = written(HtmlReport.text(Reports.everything()));

    Map<String, String> names = ChartPictures.draw(report, folder.resolve("pictures"));

    assertThat(names.keySet())
        .containsExactly("first-answer", "memory", "gaps", "rollout", "delays");
    for (String name : names.values()) {
      BufferedImage picture = ImageIO.read(folder.resolve("pictures/" + name).toFile());
      assertThat(picture.getWidth()).isGreaterThan(1500);
      assertThat(colours(picture)).as(name).isGreaterThan(5);
    }
  }

  @Test
  void aReportThatCannotBeDrawnGivesNoPictures() throws IOException {
    String html = HtmlReport.text(Reports.everything());
    Path report = written(html.replace("\"kind\":\"bars\"", "\"kind\":\"pie\""));

    assertThatThrownBy(() -> ChartPictures.draw(report, folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("3 of 5 charts of " + report + " could be drawn: first-answer: ");
  }

  private DrawnPage open(Path report) throws IOException {
    return DrawnPage.of(chromium.dom(report.toUri().toString()));
  }

  private Path written(String html) throws IOException {
    return Files.writeString(folder.resolve("report.html"), html);
  }

  private static long colours(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    return Arrays.stream(picture.getRGB(0, 0, width, height, null, 0, width)).distinct().count();
  }

  private static Report hostile() {
    Table table =
        new Table(
            HOSTILE,
            List.of(new Column(HOSTILE, HOSTILE, Column.Alignment.LEFT)),
            List.of(List.of(Cell.text(HOSTILE)), List.of(Cell.notApplicable(HOSTILE))));
    Chart bars =
        new BarChart(
            "bars",
            HOSTILE,
            HOSTILE,
            List.of(HOSTILE),
            Axis.linear(HOSTILE, HOSTILE),
            List.of(new BarSeries(HOSTILE, Map.of(HOSTILE, Spread.once(3)))));
    Chart lines =
        new LineChart(
            "lines",
            HOSTILE,
            LineChart.Shape.LINES,
            Axis.linear(HOSTILE, HOSTILE),
            Axis.linear(HOSTILE, HOSTILE),
            List.of(new LineSeries(HOSTILE, List.of(new Point(0, 1), new Point(2, 3)))));
    Section section = Section.of("a", HOSTILE, Prose.of(HOSTILE), table, bars, lines);
    return new Report(HOSTILE, HOSTILE, List.of(section));
  }
}
