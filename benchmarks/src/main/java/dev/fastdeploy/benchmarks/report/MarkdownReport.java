package dev.fastdeploy.benchmarks.report;

import java.util.Map;
import java.util.Optional;

/** A report as GitHub-flavoured Markdown. Stateless. */
public final class MarkdownReport {

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> pictures;

  private MarkdownReport(Map<String, String> pictures) {
    this.pictures = pictures;
  }

  /** A report without pictures: charts become tables where they can be read as such. */
  public static String text(Report report) {
    return text(report, Map.of());
  }

  /**
   * A report with pictures.
   *
   * @param pictures the addresses of pictures, relative to where the text will lie, by the id of
   *     the chart that they show; a chart without one becomes a table, or a line that names it if
   *     it has too many points for one
   */
  public static String text(Report report, Map<String, String> pictures) {
    return new MarkdownReport(pictures).write(report);
  }

  private String write(Report report) {
    paragraph("# " + MarkdownText.inline(report.title()));
    if (!report.intro().isBlank()) {
      paragraph(MarkdownText.paragraph(report.intro()));
    }
    report.sections().forEach(this::section);
    return text.toString().stripTrailing() + "\n";
  }

  private void section(Section section) {
    paragraph("## " + MarkdownText.inline(section.title()));
    for (Block block : section.blocks()) {
      if (block instanceof Prose words) {
        words.paragraphs().forEach(one -> paragraph(MarkdownText.paragraph(one)));
      } else if (block instanceof Table table) {
        table(table);
      } else {
        chart((Chart) block);
      }
    }
  }

  private void table(Table table) {
    if (!table.caption().isBlank()) {
      paragraph("**" + MarkdownText.inline(table.caption()) + "**");
    }
    paragraph(MarkdownTable.text(table));
  }

  private void chart(Chart chart) {
    String picture = pictures.get(chart.id());
    Optional<Table> figures = ChartTable.of(chart);
    if (picture != null) {
      paragraph("**" + MarkdownText.inline(chart.title()) + "**");
      paragraph("![" + MarkdownText.inline(chart.title()) + "](<" + picture + ">)");
    } else if (figures.isPresent()) {
      table(figures.get());
    } else {
      paragraph("*" + MarkdownText.inline(chart.title()) + ": see the chart in the HTML report.*");
    }
  }

  private void paragraph(String paragraph) {
    text.append(paragraph).append("\n\n");
  }
}
