package dev.fastdeploy.benchmarks.report;

import java.util.List;

/**
 * A part of a report with a heading.
 *
 * @param id where links lead to, such as {@code first-answer}: lower-case letters, digits and
 *     hyphens, the first a letter
 * @param title the heading; one line
 * @param blocks in reading order
 */
public record Section(String id, String title, List<Block> blocks) {

  /**
   * @throws IllegalArgumentException if the id has other characters or the title is empty
   */
  public Section {
    Checks.id("section", id);
    Checks.line("title of section '" + id + "'", title);
    blocks = List.copyOf(blocks);
  }

  /** A section of these blocks. */
  public static Section of(String id, String title, Block... blocks) {
    return new Section(id, title, List.of(blocks));
  }

  /** The section's charts, in reading order. */
  public List<Chart> charts() {
    return blocks.stream().filter(Chart.class::isInstance).map(Chart.class::cast).toList();
  }
}
