package dev.fastdeploy.benchmarks.report;

import java.util.List;

/**
 * Figures in rows and columns.
 *
 * @param caption what the table shows; empty for none
 * @param columns at least one
 * @param rows each with one cell a column; the first cell of a row is its heading
 */
public record Table(String caption, List<Column> columns, List<List<Cell>> rows) implements Block {

  /**
   * @throws IllegalArgumentException if there is no column, or a row has more or fewer cells than
   *     there are columns
   */
  public Table {
    columns = List.copyOf(columns);
    Checks.filled("columns of a table", columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "row %d of table '%s' has %d cells for %d columns"
                .formatted(i + 1, caption, rows.get(i).size(), columns.size()));
      }
    }
  }
}
