package dev.fastdeploy.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {

  @Test
  void tablesHaveUnitsAlignmentSpreadAndReasons() {
    assertThat(MarkdownTable.text(Reports.strategies()))
        .isEqualTo(
            """
            | Strategy | demo-service (ms) | Spring Boot (ms) | Requests failed |
            | --- | ---: | ---: | ---: |
            | process | 182 (171 to 204, n=10) | 2,224 (2,105 to 2,533, n=10) | 0 |
            | module | 9.37 (8.12 to 14.90, n=10) | 2,412 (2,303 to 2,610, n=10) | 3 |
            | redefine | 4.21 (3.98 to 6.07, n=10) | n/a: the change adds a bean, which is no plain \
            method body | 0 |
            | TERM and start | 312 (288 to 420, n=10) | 5,038 (4,870 to 5,400, n=10) | 1,051 |""");
  }

  @Test
  void aReportHasHeadingsAndParagraphs() {
    Report report =
        new Report(
            "Reloads",
            "What is best?",
            List.of(Section.of("a", "Answer", Prose.of("It\ndepends.", "See `current`."))));

    assertThat(MarkdownReport.text(report))
        .isEqualTo(
            """
            # Reloads

            What is best?

            ## Answer

            It depends.

            See `current`.
            """);
  }

  @Test
  void wordsStayWords() {
    assertThat(MarkdownText.inline("a|b *c* _d_ [e](f) <g> &amp; $h$ \\ `"))
        .isEqualTo("a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\<g\\> \\&amp; \\$h\\$ \\\\ \\`");
  }

  @Test
  void codeStaysCodeAndDoesNotEndItsCell() {
    assertThat(MarkdownText.inline("run `curl | tar`")).isEqualTo("run `curl \\| tar`");
  }

  @Test
  void aParagraphStartsNoListAndNoHeading() {
    assertThat(MarkdownText.paragraph("- no item")).isEqualTo("\\- no item");
    assertThat(MarkdownText.paragraph("# no heading")).isEqualTo("\\# no heading");
    assertThat(MarkdownText.paragraph("1. no item")).isEqualTo("1\\. no item");
    assertThat(MarkdownText.paragraph("17 ms")).isEqualTo("17 ms");
  }

  @Test
  void aChartWithAPictureBecomesTheLink() {
    assertThat(MarkdownReport.text(of(Reports.firstAnswer()), Map.of("first-answer", "p/a.png")))
        .endsWith(
            """
            **Request to first answer, logarithmic**

            ![Request to first answer, logarithmic](<p/a.png>)
            """);
  }

  @Test
  void barsWithoutAPictureBecomeATable() {
    assertThat(MarkdownReport.text(of(Reports.gaps())))
        .contains("| Strategy | Gap (s) |")
        .contains("| process | 0.100 (0.080 to 0.310, n=10) |");
  }

  @Test
  void aBarThatIsMissingLeavesItsCellEmpty() {
    assertThat(MarkdownReport.text(of(Reports.firstAnswer())))
        .contains("| redefine | 4.21 (3.98 to 6.07, n=10) |  |");
  }

  @Test
  void fewPointsBecomeATable() {
    assertThat(MarkdownReport.text(of(Reports.memory())))
        .contains("| Reloads | process (MB) | module (MB) | redefine (MB) |")
        .contains("| 10 | 212 | 301 | 207 |")
        .contains("| 50 | 209 | 560 |  |");
  }

  @Test
  void manyPointsBecomeTwelveRowsFromFirstToLast() {
    String text = MarkdownReport.text(of(Reports.rollout()));

    assertThat(text).contains("(12 of 73 points)").contains("| 0 | 4,000 | 0 | 0 |");
    assertThat(text).endsWith("| 36 | 0 | 4,000 | 0 |\n");
    assertThat(text.lines().filter(line -> line.startsWith("| ")).count()).isEqualTo(12 + 2);
  }

  @Test
  void manyPointsAtDifferentPlacesAreOnlyNamed() {
    LineChart chart =
        new LineChart(
            "noise",
            "Latency",
            LineChart.Shape.LINES,
            Axis.linear("Time", "s"),
            Axis.linear("Latency", "ms"),
            List.of(series("a", 0), series("b", 0.5)));

    assertThat(MarkdownReport.text(of(chart)))
        .endsWith("*Latency: see the chart in the HTML report.*\n");
  }

  private static LineSeries series(String name, double from) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      points.add(new Point(from + i, i));
    }
    return new LineSeries(name, points);
  }

  private static Report of(Chart chart) {
    return new Report("Title", "", List.of(Section.of("a", "A", chart)));
  }
}
