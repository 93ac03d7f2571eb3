package dev.fastdeploy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A report as one HTML file that asks for no other. Its charts need JavaScript; everything else is
 * there without. Stateless.
 */
public final class HtmlReport {

  private static final String FOLDER = "dev/fastdeploy/benchmarks/report/";

  private HtmlReport() {}

  /**
   * Writes a report to a file, which is replaced if it exists.
   *
   * @throws IOException if the file cannot be written, or the chart library is not on the class
   *     path
   */
  public static void write(Report report, Path file) throws IOException {
    Files.writeString(file, text(report));
  }

  static String text(Report report) throws IOException {
    ChartLibrary library = ChartLibrary.load();
    InlineSource style = new InlineSource(Resources.text(FOLDER + "report.css"));
    InlineSource drawing = new InlineSource(Resources.text(FOLDER + "report.js"));
    InlineSource charts = new InlineSource(library.script());
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        """
            .formatted(
                policy(style, drawing, charts), HtmlText.escaped(report.title()), style.text())
        + header(report)
        + main(report)
        + footer(library)
        + script(drawing)
        + "<!-- Chart.js, whose licence follows.\n\n"
        + library.licence()
        + "\n-->\n"
        + script(charts)
        + "</body>\n</html>\n";
  }

  /** Nothing is fetched, and nothing runs but what is named by its digest. */
  private static String policy(InlineSource style, InlineSource drawing, InlineSource charts) {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
        + style.digest()
        + "; script-src "
        + drawing.digest()
        + " "
        + charts.digest();
  }

  private static String header(Report report) {
    StringBuilder html = new StringBuilder("<header>\n<h1>");
    html.append(HtmlText.inline(report.title())).append("</h1>\n");
    if (!report.intro().isBlank()) {
      html.append("<p>").append(HtmlText.inline(report.intro())).append("</p>\n");
    }
    html.append("<nav>\n");
    for (Section section : report.sections()) {
      html.append("<a href=\"#").append(section.id()).append("\">");
      html.append(HtmlText.inline(section.title())).append("</a>\n");
    }
    return html.append("</nav>\n</header>\n").toString();
  }

  private static String main(Report report) {
    StringBuilder html = new StringBuilder("<main>\n");
    for (Section section : report.sections()) {
      html.append("<section id=\"").append(section.id()).append("\">\n<h2>");
      html.append(HtmlText.inline(section.title())).append("</h2>\n");
      section.blocks().forEach(block -> html.append(block(block)));
      html.append("</section>\n");
    }
    return html.append("</main>\n").toString();
  }

  private static String block(Block block) {
    if (block instanceof Prose text) {
      StringBuilder html = new StringBuilder();
      text.paragraphs().forEach(one -> html.append("<p>" + HtmlText.inline(one) + "</p>\n"));
      return html.toString();
    }
    return block instanceof Table table ? HtmlTable.text(table) : HtmlChart.text((Chart) block);
  }

  private static String footer(ChartLibrary library) {
    return "<footer><p>A bold figure is the median; beside it stand the smallest and the largest"
        + " measurement, and how many there were. Charts by Chart.js "
        + HtmlText.escaped(library.version())
        + ", whose licence stands in this file's source.</p></footer>\n";
  }

  private static String script(InlineSource source) {
    return "<script>" + source.text() + "</script>\n";
  }
}
