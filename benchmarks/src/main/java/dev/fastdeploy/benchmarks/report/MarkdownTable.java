package dev.fastdeploy.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/** A table as Markdown. */
final class MarkdownTable {

  private MarkdownTable() {}

  static String text(Table table) {
    StringBuilder text = new StringBuilder();
    line(text, table.columns().stream().map(MarkdownTable::heading).toList());
    line(text, table.columns().stream().map(MarkdownTable::rule).toList());
    table.rows().forEach(row -> line(text, row.stream().map(MarkdownTable::cell).toList()));
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |"))).append('\n');
  }

  private static String heading(Column column) {
    String unit = column.unit().isEmpty() ? "" : " (" + column.unit() + ")";
    return MarkdownText.inline(column.title() + unit);
  }

  private static String rule(Column column) {
    return column.alignment() == Column.Alignment.RIGHT ? "---:" : "---";
  }

  private static String cell(Cell cell) {
    if (cell instanceof Cell.Plain plain) {
      return MarkdownText.inline(plain.text());
    }
    if (cell instanceof Cell.Measured measured) {
      return measured.spread().toString();
    }
    return "n/a: " + MarkdownText.inline(((Cell.NotApplicable) cell).reason());
  }
}
