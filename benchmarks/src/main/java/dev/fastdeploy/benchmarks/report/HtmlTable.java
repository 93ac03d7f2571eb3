package dev.fastdeploy.benchmarks.report;

import java.util.List;

/** A table as HTML. */
final class HtmlTable {

  private HtmlTable() {}

  static String text(Table table) {
    StringBuilder html = new StringBuilder("<div class=\"table\"><table>\n");
    if (!table.caption().isBlank()) {
      html.append("<caption>").append(HtmlText.inline(table.caption())).append("</caption>\n");
    }
    if (table.columns().stream().anyMatch(column -> !column.title().isBlank())) {
      html.append("<thead><tr>");
      table.columns().forEach(column -> html.append(heading(column)));
      html.append("</tr></thead>\n");
    }
    html.append("<tbody>\n");
    table.rows().forEach(row -> html.append(row(table.columns(), row)));
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String heading(Column column) {
    String unit =
        column.unit().isEmpty()
            ? ""
            : " <span class=\"unit\">" + HtmlText.escaped(column.unit()) + "</span>";
    return "<th scope=\"col\""
        + side(column)
        + ">"
        + HtmlText.inline(column.title())
        + unit
        + "</th>";
  }

  private static String row(List<Column> columns, List<Cell> cells) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      String tag = i == 0 ? "th scope=\"row\"" : "td";
      html.append("<").append(tag).append(side(columns.get(i))).append(">");
      html.append(content(cells.get(i))).append(i == 0 ? "</th>" : "</td>");
    }
    return html.append("</tr>\n").toString();
  }

  private static String side(Column column) {
    return column.alignment() == Column.Alignment.RIGHT ? " class=\"right\"" : "";
  }

  private static String content(Cell cell) {
    if (cell instanceof Cell.Plain plain) {
      return HtmlText.inline(plain.text());
    }
    if (cell instanceof Cell.Measured measured) {
      Spread spread = measured.spread();
      return "<b>" + spread.middle() + "</b> <small>" + spread.range() + "</small>";
    }
    String reason = ((Cell.NotApplicable) cell).reason();
    return "<i>n/a</i> <small>" + HtmlText.inline(reason) + "</small>";
  }
}
