package dev.fastdeploy.benchmarks.report;

import java.util.List;

/**
 * Prose: paragraphs between the tables and charts of a report.
 *
 * @param paragraphs none of them empty
 */
public record Prose(List<String> paragraphs) implements Block {

  /**
   * @throws IllegalArgumentException if there is no paragraph, or one is empty
   */
  public Prose {
    paragraphs = List.copyOf(paragraphs);
    Checks.filled("paragraphs of a text", paragraphs);
    paragraphs.forEach(paragraph -> Checks.text("paragraph", paragraph));
  }

  /** These paragraphs. */
  public static Prose of(String... paragraphs) {
    return new Prose(List.of(paragraphs));
  }
}
