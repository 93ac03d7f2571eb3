package dev.fastdeploy.benchmarks.report;

import java.util.List;

/**
 * Prose.
 *
 * @param paragraphs none of them empty
 */
public record Text(List<String> paragraphs) implements Block {

  /**
   * @throws IllegalArgumentException if there is no paragraph, or one is empty
   */
  public Text {
    paragraphs = List.copyOf(paragraphs);
    Checks.filled("paragraphs of a text", paragraphs);
    paragraphs.forEach(paragraph -> Checks.text("paragraph", paragraph));
  }

  /** These paragraphs. */
  public static Text of(String... paragraphs) {
    return new Text(List.of(paragraphs));
  }
}
