package dev.fastdeploy.demo;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, padded so that columns are aligned. Not thread-safe. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a line; each must have as many cells as the first. */
  void add(List<String> cells) {
    if (!rows.isEmpty() && rows.get(0).size() != cells.size()) {
      throw new IllegalArgumentException(
          "'cells' must be " + rows.get(0).size() + ", not " + cells.size());
    }
    rows.add(List.copyOf(cells));
  }

  /** Returns the lines; cells that begin with a digit are aligned to the right of their column. */
  List<String> lines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(width(column) - cell.length());
      boolean number = !cell.isEmpty() && Character.isDigit(cell.charAt(0));
      line.append(column == 0 ? "" : GAP).append(number ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
