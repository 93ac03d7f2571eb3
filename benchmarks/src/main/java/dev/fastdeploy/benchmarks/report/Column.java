package dev.fastdeploy.benchmarks.report;

/**
 * A column of a table.
 *
 * @param title the heading; empty for none
 * @param unit of the column's figures, such as {@code ms}; empty for none
 * @param alignment of all its cells
 */
public record Column(String title, String unit, Alignment alignment) {

  /** The alignment of a cell's text. */
  public enum Alignment {
    /** At the left, for words. */
    LEFT,
    /** At the right, for figures. */
    RIGHT
  }

  /** A column of words. */
  public static Column words(String title) {
    return new Column(title, "", Alignment.LEFT);
  }

  /** A column of figures. */
  public static Column figures(String title, String unit) {
    return new Column(title, unit, Alignment.RIGHT);
  }
}
