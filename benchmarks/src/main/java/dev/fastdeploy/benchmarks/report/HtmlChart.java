package dev.fastdeploy.benchmarks.report;

/** A chart as HTML: a place to draw, what to draw, and the same figures as a table. */
final class HtmlChart {

  private HtmlChart() {}

  static String text(Chart chart) {
    String title = HtmlText.inline(chart.title());
    String label = HtmlText.escaped(chart.title());
    return "<figure class=\"chart\" id=\""
        + chart.id()
        + "\">\n<figcaption>"
        + title
        + "</figcaption>\n<div class=\"canvas\"><canvas role=\"img\" aria-label=\""
        + label
        + "\"></canvas></div>\n<p class=\"undrawn\">This chart is drawn by a script that has not"
        + " run.</p>\n"
        + ChartTable.of(chart).map(HtmlChart::figures).orElse("")
        + "<script type=\"application/json\">"
        + ChartData.json(chart)
        + "</script>\n</figure>\n";
  }

  private static String figures(Table table) {
    return "<details open><summary>The figures</summary>\n"
        + HtmlTable.text(table)
        + "</details>\n";
  }
}
